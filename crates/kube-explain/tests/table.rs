//! The table of fields is what the sources of `k8s-openapi` say, with the releases of `data/since.tsv`.

mod upstream;

use std::fs::File;
use std::io::Read;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/fields.txt.gz");

/// With `KUBE_EXPLAIN_WRITE_TABLE` set, the table is written anew first.
#[test]
fn the_table_is_what_the_schema_says() {
    let expected = upstream::table();
    if std::env::var_os("KUBE_EXPLAIN_WRITE_TABLE").is_some() {
        std::io::copy(&mut expected.as_bytes(), &mut GzEncoder::new(File::create(TABLE).unwrap(), Compression::best())).unwrap();
    }
    let mut written = String::new();
    GzDecoder::new(File::open(TABLE).unwrap()).read_to_string(&mut written).unwrap();
    let difference = written.lines().zip(expected.lines()).find(|(written, now)| written != now);
    assert!(written == expected, "the table is not what k8s-openapi says now: {difference:?}");
}
