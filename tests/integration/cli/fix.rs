//! `podweave validate --fix` where the system is in the way.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{folder, left, program};

/// A manifest of 1,020 bytes, which its fix makes longer than 1,024.
fn almost_a_kibibyte() -> String {
    let manifest = "kind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: \"nginx:1.29\"}]}\n# ";
    format!("{manifest:x<1019}\n")
}

#[test]
fn a_system_that_takes_no_more_loses_nothing() {
    let manifest = almost_a_kibibyte();
    let folder = folder(&[("alone.yaml", &manifest), ("linked.yaml", &manifest)]);
    fs::hard_link(folder.path().join("linked.yaml"), folder.path().join("other.yaml")).unwrap();
    // No file may become larger than two blocks of 512 bytes.
    let bounded = "trap '' XFSZ; ulimit -f 2; exec \"$0\" validate --fix alone.yaml linked.yaml";
    let mut command = Command::new("sh");
    command.args(["-c", bounded, env!("CARGO_BIN_EXE_podweave")]).current_dir(&folder);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    for name in ["alone.yaml", "linked.yaml"] {
        assert!(left(&output).contains(&format!("podweave: {name}: File too large")), "{}", left(&output));
    }
    for name in ["alone.yaml", "linked.yaml", "other.yaml"] {
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), manifest, "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_file_of_several_names_is_fixed_once() {
    let folder = folder(&[("a.yaml", &almost_a_kibibyte())]);
    fs::hard_link(folder.path().join("a.yaml"), folder.path().join("b.yaml")).unwrap();
    let output = program(&["validate", "--fix", ".", "b.yaml", "./a.yaml"]).current_dir(&folder).output().unwrap();
    let expected =
        "exit status 0\n2 documents in 2 files: 2 accepted, 0 refused\n--- stderr ---\npodweave: ./a.yaml: 1 fix made\n";
    assert_eq!(left(&output), expected);
    let fixed = format!("apiVersion: v1\n{}", almost_a_kibibyte());
    assert_eq!(fs::read_to_string(folder.path().join("b.yaml")).unwrap(), fixed);
}

#[test]
fn what_comes_out_of_a_pipe_is_judged_and_not_fixed() {
    let folder = folder(&[]);
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    let mut command = program(&["validate", "--fix", "pipe"]);
    command.current_dir(&folder).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    fs::write(folder.path().join("pipe"), almost_a_kibibyte()).unwrap();
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begin.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().unwrap();
    assert!(output.status.code().is_some(), "it waits for a second text");
    let told = left(&output);
    assert!(told.starts_with("exit status 2\npipe: Pod/web refused"), "{told}");
    assert!(told.ends_with("podweave: pipe: this is no file, but a pipe, a socket or a device\n"), "{told}");
}
