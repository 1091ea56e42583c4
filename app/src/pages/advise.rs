//! One section of the questionnaire for one component. The address holds all answers; `done`
//! says that the form was sent.

pub mod next;
pub mod system;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::System;
use model::question::{Question, Section, all};
use model::system::FieldError;

use crate::components::field::Field;
use crate::components::form::{carried_draft, errors_of, is_answered};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, ErrorSummary, field_of};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::not_found::NotFoundPage;
use crate::url_state::{COMPONENT, Draft, Pairs, is_component_field};

/// What a section asks about a component; what concerns the system is asked with the first.
pub(crate) fn asked(system: &System, index: usize, section: Section) -> Vec<&'static Question> {
    section
        .questions()
        .iter()
        .filter(|question| index == 0 || is_component_field(question.path))
        .filter(|question| question.can_matter(system, index))
        .collect()
}

/// The address of a section.
pub(crate) fn section_link(draft: &Draft, index: usize, section: Section) -> String {
    format!("/advise/{index}/{}?{}", section.id(), draft.query())
}

/// The address that asks one question alone.
pub(crate) fn field_link(draft: &Draft, index: usize, path: &str) -> String {
    let mut query = Pairs::parse(&draft.query()).with("path", path);
    if draft.len() > 1 {
        query = query.with(COMPONENT, index.to_string());
    }
    format!("/advise/field?{}", query.query())
}

/// The next section that has something to ask.
fn following(system: &System, index: usize, section: Section) -> Option<(usize, Section)> {
    let places = (0..system.components.len().max(1))
        .flat_map(|index| Section::ALL.iter().map(move |section| (index, *section)));
    places
        .skip_while(|place| *place != (index, section))
        .skip(1)
        .find(|(index, section)| !asked(system, *index, *section).is_empty())
}

/// The section before, to go back to.
fn preceding(system: &System, index: usize, section: Section) -> Option<(usize, Section)> {
    let places = (0..system.components.len().max(1))
        .flat_map(|index| Section::ALL.iter().map(move |section| (index, *section)));
    places
        .take_while(|place| *place != (index, section))
        .filter(|(index, section)| !asked(system, *index, *section).is_empty())
        .last()
}

#[component]
pub fn SectionPage() -> impl IntoView {
    let query = pages::query();
    let draft = match Draft::parse(&query) {
        Ok(draft) => draft,
        Err(invalid) => {
            return view! { <CannotCompute pairs=Pairs::default() errors=invalid.errors/> }
                .into_markup();
        }
    };
    let params = use_params_map().get_untracked();
    let index = params.get("component").and_then(|text| text.parse().ok());
    let section = params.get("section").unwrap_or_default();
    let section = Section::ALL.iter().find(|known| known.id() == section);
    let (Some(index), Some(section)) = (index.filter(|index| *index < draft.len()), section) else {
        return view! { <NotFoundPage/> }.into_markup();
    };
    let sent = Pairs::parse(&query);
    let (system, _) = draft.read();
    let asked = asked(&system, index, *section);
    let mut place = Place {
        system,
        draft,
        index,
        section: *section,
        asked,
        errors: Vec::new(),
        added: Vec::new(),
    };
    if sent.last("done").is_some() {
        place.errors = errors_of(&place.draft, index, &place.asked);
        place.added = place.not_yet_shown(&sent);
        if place.errors.is_empty() && place.added.is_empty() {
            pages::redirect(&place.next());
            return ().into_markup();
        }
    }
    place.page().into_markup()
}

/// A section of one component, as it is answered so far.
struct Place {
    system: System,
    draft: Draft,
    index: usize,
    section: Section,
    asked: Vec<&'static Question>,
    errors: Vec<FieldError>,
    /// Questions that the answers just given brought up.
    added: Vec<&'static Question>,
}

impl Place {
    fn next(&self) -> String {
        following(&self.system, self.index, self.section).map_or_else(
            || format!("/check?{}", self.draft.query()),
            |(index, section)| section_link(&self.draft, index, section),
        )
    }

    fn back(&self) -> (String, String) {
        preceding(&self.system, self.index, self.section).map_or_else(
            || {
                let quick = Pairs::parse(&self.draft.query()).with("step", "6").query();
                (
                    format!("/advise/quick?{quick}"),
                    "The six questions".to_owned(),
                )
            },
            |(index, section)| {
                (
                    section_link(&self.draft, index, section),
                    section.title().to_owned(),
                )
            },
        )
    }

    fn not_yet_shown(&self, sent: &Pairs) -> Vec<&'static Question> {
        let pairs = self.draft.form(self.index);
        let unseen = |question: &&'static Question| {
            !question.rare && !sent.has(question.path) && !is_answered(question, &pairs)
        };
        let rows = |question: &&'static Question| {
            let before = format!("{}[", question.path);
            !sent.starts(&before)
        };
        let asked = self.asked.iter().copied();
        asked.filter(unseen).filter(rows).collect()
    }

    fn page(self) -> impl IntoView {
        let several = self.draft.len() > 1;
        let name = self.draft.names()[self.index].clone();
        let heading = if several {
            format!("{name}: {}", self.section.title())
        } else {
            self.section.title().to_owned()
        };
        let title = if self.errors.is_empty() {
            heading.clone()
        } else {
            format!("Error: {heading}")
        };
        let (back, back_to) = self.back();
        let action = format!("/advise/{}/{}", self.index, self.section.id());
        let pairs = self.draft.form(self.index);
        let (rare, usual): (Vec<_>, Vec<_>) = self
            .asked
            .iter()
            .copied()
            .partition(|question| question.rare);
        let elsewhere = (self.index > 0 && self.section == Section::Money).then(|| {
            let first = section_link(&self.draft, 0, Section::Money);
            view! { <p>"What concerns the whole system is asked " <a href=first>"with the first part"</a> "."</p> }
        });
        view! {
            <Head title=title description=self.section.about() private=true/>
            <p class="back"><a href=back>"Back" <span class="visually-hidden">" to " {back_to}</span></a></p>
            <ErrorSummary errors=self.errors.clone()/>
            {self.sections()}
            <form class="question section" method="get" action=action novalidate>
                {carried_draft(&self.draft, self.index, &self.asked)}
                <input type="hidden" name="done" value="1"/>
                <h1>{heading}</h1>
                <p class="lead">{self.section.about()}</p>
                {elsewhere}
                {self.brought_up()}
                {self.fields(&usual, &pairs)}
                {self.seldom(&rare, &pairs)}
                <p class="typed">"Numbers may be written as 5k, 2M, 1.5s, or as a range: 100..400. What you leave open keeps its default."</p>
                {self.actions()}
            </form>
        }
    }

    fn fields(&self, questions: &[&'static Question], pairs: &Pairs) -> impl IntoView + use<> {
        let names = self.draft.names();
        let fields = questions.iter().map(|question| {
            view! { <Field question=question pairs=pairs.clone() errors=self.errors.clone() components=names.clone()/> }
        });
        fields.collect_view()
    }

    /// Questions that most people leave alone, closed unless one of them is answered or wrong.
    fn seldom(&self, rare: &[&'static Question], pairs: &Pairs) -> impl IntoView + use<> {
        let wrong = |path: &str| self.errors.iter().any(|error| field_of(error) == path);
        let open = rare
            .iter()
            .any(|question| is_answered(question, pairs) || wrong(question.path));
        let count = match rare.len() {
            1 => "1 question".to_owned(),
            count => format!("{count} questions"),
        };
        let fields = self.fields(rare, pairs);
        (!rare.is_empty()).then(|| {
            view! {
                <details class="seldom" open=open>
                    <summary>"Rarely needed" <span class="aside">{count}</span></summary>
                    {fields}
                </details>
            }
        })
    }

    fn brought_up(&self) -> impl IntoView + use<> {
        let names = self.added.iter().map(|question| {
            view! { <li><a href=format!("#{}", question.path)>{question.title}</a></li> }
        });
        let names = names.collect_view();
        (self.errors.is_empty() && !self.added.is_empty()).then(|| {
            view! {
                <div class="brought-up" role="status">
                    <p>"What you answered brings up one thing more:"</p>
                    <ul>{names}</ul>
                </div>
            }
        })
    }

    /// All sections of the component, with how much of each is answered.
    fn sections(&self) -> impl IntoView + use<> {
        let pairs = self.draft.form(self.index);
        let items = Section::ALL.iter().filter_map(|section| {
            let asked = asked(&self.system, self.index, *section);
            if asked.is_empty() {
                return None;
            }
            let answered = asked
                .iter()
                .filter(|question| is_answered(question, &pairs))
                .count();
            let here = *section == self.section;
            let href = section_link(&self.draft, self.index, *section);
            Some(view! {
                <li>
                    <a href=href aria-current=here.then_some("step")>{section.title()}</a>
                    <span class="aside">{answered} " of " {asked.len()}</span>
                </li>
            })
        });
        view! {
            <nav class="sections" aria-label="Sections">
                <ol>{items.collect_view()}</ol>
            </nav>
        }
    }

    fn actions(&self) -> impl IntoView + use<> {
        let query = self.draft.query();
        let last = following(&self.system, self.index, self.section).is_none();
        let computable = self.draft.system().is_ok();
        view! {
            <p class="actions">
                <button type="submit">{if last { "Check your answers" } else { "Continue" }}</button>
                <a class="aside" href=format!("/check?{query}")>"See all answers"</a>
                {computable.then(|| view! { <a class="aside" href=format!("/advise/next?{query}")>"Ask what matters most"</a> })}
                <a class="aside" href=format!("/advise/system?{query}")>"Parts of the system"</a>
            </p>
        }
    }
}

/// How many questions can matter for a component, and how many of them are answered.
pub(crate) fn progress(draft: &Draft, system: &System, index: usize) -> (usize, usize) {
    let pairs = draft.form(index);
    let asked: Vec<_> = all()
        .map(|(_, question)| question)
        .filter(|question| index == 0 || is_component_field(question.path))
        .filter(|question| question.can_matter(system, index))
        .collect();
    let answered = asked
        .iter()
        .filter(|question| is_answered(question, &pairs))
        .count();
    (answered, asked.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, (index, section): (usize, Section), expected: Option<(usize, Section)>) {
        let (system, _) = Draft::parse(query).expect("a draft").read();
        assert_eq!(following(&system, index, section), expected, "{query}");
    }

    #[test]
    fn sections_follow_each_other_and_those_without_questions_are_left_out() {
        check("", (0, Section::Work), Some((0, Section::Traffic)));
        check("", (0, Section::Limits), Some((0, Section::Money)));
        check("", (0, Section::Money), None);
        // Nothing of latency can matter for a job on a graphics processor.
        check(
            "kind=scheduled_batch&needs=gpu",
            (0, Section::Traffic),
            Some((0, Section::State)),
        );
    }

    #[test]
    fn what_concerns_the_system_is_asked_once() {
        let draft = Draft::default()
            .added(Pairs::default())
            .added(Pairs::default());
        let (system, _) = draft.read();
        let paths = |index| -> Vec<&str> {
            let questions = Section::ALL
                .iter()
                .flat_map(|section| asked(&system, index, *section));
            questions.map(|question| question.path).collect()
        };
        assert!(paths(0).contains(&"region") && paths(0).contains(&"links"));
        assert!(!paths(1).contains(&"region") && !paths(1).contains(&"links"));
        assert!(paths(1).contains(&"component.name"));
    }
}
