//! What the page for authors shows works.

use pod_lesson::check;
use pod_lesson::expression::Expression;

/// What stands between the fences of this kind in the page for authors.
fn examples(kind: &str) -> String {
    let page = include_str!("../../../docs/LESSONS.md");
    page.split(&format!("```{kind}\n")).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_example_of_the_page_for_authors_works() {
    let problems = check(&examples("yaml"));
    assert_eq!(problems, []);
}

#[test]
fn the_checks_of_the_page_for_authors_mean_something() {
    let examples = examples("cel");
    let text: Vec<_> = examples.lines().filter(|line| !line.starts_with("//")).collect();
    let checks = text.join("\n").replace("Always\")\n", "Always\")\n\n").replace("restartPolicy))\n", "restartPolicy))\n\n");
    let checks: Vec<_> = checks.split("\n\n").filter(|check| !check.trim().is_empty()).collect();
    assert_eq!(checks.len(), 11);
    for check in checks {
        assert_eq!(Expression::new(check).error(), None, "{check}");
    }
}
