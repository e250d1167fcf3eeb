//! What is looked for: a list of all rules, and a page for each.

use leptos::prelude::*;

use crate::report::STAGES;
use crate::report::stages;
use crate::web::about::About;
use crate::web::html::{Html, IntoHtml};
use crate::web::markdown::markdown;
use crate::web::panels::lights;
use crate::web::prose::prose;
use crate::web::shell::Shell;
use kube_dry_run::{RULES as SERVER_RULES, RuleDescription, Severity, Stage};
use pod_advice::{AdviceRule, IGNORE_ANNOTATION, IGNORE_COMMENT, RULES};

/// A rule, whoever speaks.
#[derive(Clone, Copy)]
pub enum AnyRule {
    /// One of the API server, or of kubectl before it.
    Server(RuleDescription),
    /// One of ours.
    Advice(&'static AdviceRule),
}

impl AnyRule {
    /// The rule that is called `id`.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::all().find(|rule| rule.id() == id)
    }

    /// All rules, the server's first.
    fn all() -> impl Iterator<Item = Self> {
        SERVER_RULES.into_iter().map(Self::Server).chain(RULES.iter().map(Self::Advice))
    }

    fn id(self) -> &'static str {
        match self {
            Self::Server(rule) => rule.rule.id(),
            Self::Advice(rule) => rule.id(),
        }
    }

    fn stage(self) -> Stage {
        match self {
            Self::Server(_) => Stage::Admitted,
            Self::Advice(rule) => rule.stage,
        }
    }

    fn severity(self) -> Severity {
        match self {
            Self::Server(rule) => rule.severity(),
            Self::Advice(rule) => rule.severity,
        }
    }

    fn summary(self) -> &'static str {
        match self {
            Self::Server(rule) => rule.summary,
            Self::Advice(rule) => rule.summary,
        }
    }

    fn sort(self) -> &'static str {
        match (self, self.severity()) {
            (Self::Server(_), Severity::Error) => "error",
            (Self::Advice(_), Severity::Error) => "broken",
            (_, Severity::Warning) => "warning",
            (_, Severity::Advice) => "note",
        }
    }
}

/// The list of all rules, stage by stage.
pub fn rules() -> Html {
    let stages: Html = STAGES.into_iter().map(stage).collect();
    view! {
        <Shell title="Rules" about=About::new("What Podweave looks for in Kubernetes manifests whose containers share files: each rule with an example and its fix.")>
            <div class="start rules">
                <h1>"What Podweave looks for"</h1>
                <p class="lead">
                    "Does the API server take a manifest, does every container start, and do the containers share their files? Each rule answers a part of that."
                </p>
                {stages}
            </div>
        </Shell>
    }
    .html()
}

fn stage(stage: Stage) -> Html {
    let question = match stage {
        Stage::Admitted => "Does the API server take it?",
        Stage::Starts => "Will every container start?",
        Stage::Shares => "Do the containers get the same files, and for how long?",
    };
    let items: Html = AnyRule::all().filter(|rule| rule.stage() == stage).map(item).collect();
    let heading = format!("rules-{}", lights::attribute(stage));
    view! {
        <section aria-labelledby=heading>
            <h2 id=heading.clone()>{stages::name(stage)}</h2>
            <p class="hint">{question}</p>
            <ul class="rule-list">{items}</ul>
        </section>
    }
    .html()
}

fn item(rule: AnyRule) -> Html {
    let id = rule.id();
    view! {
        <li>
            <a href=format!("/rules/{id}")><code>{id}</code></a>
            " "
            <span class="badge" data-severity=rule.severity().word()>{rule.sort()}</span>
            <p>{prose(rule.summary())}</p>
        </li>
    }
    .html()
}

/// The page of one rule.
pub fn rule(rule: AnyRule) -> Html {
    let id = rule.id();
    let text = match rule {
        AnyRule::Server(_) => Html::from([view! { <p>{rule.summary()}</p> }.html(), markdown(OF_SERVER)]),
        AnyRule::Advice(rule) => {
            let title = rule.page.find('\n').filter(|_| rule.page.starts_with("# ")).unwrap_or_default();
            Html::from([markdown(&rule.page[title..]), silencing(id)])
        }
    };
    view! {
        <Shell title=id about=About::new(rule.summary())>
            <article class="start rule-page">
                <p><a href="/rules">"All rules"</a></p>
                <h1>{id}</h1>
                <p>
                    <span class="badge" data-severity=rule.severity().word()>{rule.sort()}</span>
                    " "
                    <span class="badge">{format!("Stage: {}", stages::name(rule.stage()))}</span>
                </p>
                {text}
            </article>
        </Shell>
    }
    .html()
}

const OF_SERVER: &str = "## Who says so

The API server of Kubernetes 1.35 or, before it, kubectl. Podweave gives its answer to the letter, and beside it a hint in plain
words where there is one.
";

fn silencing(id: &str) -> Html {
    markdown(&format!(
        "## Silence it\n\nWhere this is meant so, the annotation `{IGNORE_ANNOTATION}: {id}` of the object silences the rule, or a \
         comment anywhere in the text: `# {IGNORE_COMMENT} {id}`.\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_page() {
        let ids: std::collections::BTreeSet<_> = AnyRule::all().map(AnyRule::id).collect();
        assert_eq!(ids.len(), SERVER_RULES.len() + RULES.len());
        let list = rules().into_string();
        for id in ids {
            let page = rule(AnyRule::named(id).unwrap()).into_string();
            assert_eq!(page.matches("<h1").count(), 1, "{id}");
            assert!(list.contains(&format!("href=\"/rules/{id}\"")), "{id}");
        }
        assert!(AnyRule::named("no-such-rule").is_none());
    }
}
