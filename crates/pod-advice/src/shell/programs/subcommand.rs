//! Programs of which the word behind their name says whether they end: `npm ci`, `manage.py runserver`.

use super::super::{Call, End};
use super::runs_once;

/// What such a program does.
struct Program {
    name: &'static str,
    /// Words with which it ends.
    ending: &'static [&'static str],
    /// Words with which it serves for ever.
    serving: &'static [&'static str],
}

const fn program(name: &'static str, ending: &'static [&'static str], serving: &'static [&'static str]) -> Program {
    Program { name, ending, serving }
}

const TASKS: &[&str] = &["assets:precompile", "db:create", "db:migrate", "db:prepare", "db:seed", "db:setup"];
const PACKAGES: &[&str] = &["build", "ci", "i", "install", "prune"];

/// They are in the order of their names.
static PROGRAMS: [Program; 33] = [
    program(
        "airflow",
        &["config", "connections", "dags", "db", "users", "version"],
        &["api-server", "dag-processor", "scheduler", "triggerer", "webserver"],
    ),
    program("alembic", &["downgrade", "revision", "stamp", "upgrade"], &[]),
    program("artisan", &["config:cache", "db:seed", "key:generate", "migrate", "storage:link"], &["queue:work", "serve"]),
    program("bundle", &["install"], &[]),
    program("cargo", &["build", "fetch", "install"], &[]),
    program("celery", &["call", "inspect", "purge", "report", "status"], &["beat", "flower", "worker"]),
    program("console", &["cache:clear", "cache:warmup", "doctrine:migrations:migrate"], &[]),
    program("consul", &["catalog", "kv", "members", "validate", "version"], &["agent"]),
    program("docker", &["build", "login", "pull", "push", "save", "tag"], &[]),
    program("dotnet", &["build", "publish", "restore"], &[]),
    program("flask", &["db"], &["run"]),
    program("flyway", &["clean", "info", "migrate", "repair", "validate"], &[]),
    program("gem", &["install"], &[]),
    program("go", &["build", "generate", "get", "install", "mod", "test", "vet"], &[]),
    program("goose", &["down", "status", "up"], &[]),
    program("helm", &["dependency", "install", "lint", "pull", "repo", "template", "upgrade"], &[]),
    program("jekyll", &["build", "clean"], &["serve"]),
    program("manage.py", &["check", "collectstatic", "createsuperuser", "loaddata", "makemigrations", "migrate"], &["runserver"]),
    program("minio", &[], &["server"]),
    program("mkdocs", &["build", "gh-deploy"], &["serve"]),
    program("mvn", &["clean", "compile", "install", "package", "verify"], &[]),
    program("npm", PACKAGES, &[]),
    program("pipenv", &["install", "sync"], &[]),
    program("pnpm", PACKAGES, &[]),
    program("poetry", &["build", "install"], &[]),
    program("rails", TASKS, &["s", "server"]),
    program("rake", TASKS, &[]),
    program("streamlit", &[], &["run"]),
    program("svn", &["checkout", "co", "export", "up", "update"], &[]),
    program("terraform", &["apply", "init", "plan", "validate"], &[]),
    program("vault", &["kv", "login", "read", "status", "token", "version", "write"], &["proxy", "server"]),
    program("yarn", PACKAGES, &[]),
    program("zkServer.sh", &["status", "stop"], &["start-foreground"]),
];

/// How `call` ends, if it is one of such a program; `None` of other programs.
pub(super) fn end_of_subcommand(call: &Call) -> Option<End> {
    let found = PROGRAMS.binary_search_by_key(&call.program(), |program| program.name).ok()?;
    let program = &PROGRAMS[found];
    let mut words = call.operands().map(|word| word.text.as_str());
    let word = words.find(|word| *word != "run" || program.serving.contains(word)).filter(|_| !call.has_option(&["--watch"]))?;
    let arguments = call.arguments().iter().map(|word| word.text.as_str());
    if program.ending.contains(&word) {
        return Some(End::Ends);
    }
    (program.serving.contains(&word) && !runs_once(arguments)).then_some(End::Never)
}

/// True of a file that is such a program and is given to an interpreter.
pub(super) fn is_script_with_words(name: &str) -> bool {
    matches!(name, "artisan" | "console" | "manage.py")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_are_in_order() {
        assert!(PROGRAMS.is_sorted_by_key(|program| program.name));
    }
}
