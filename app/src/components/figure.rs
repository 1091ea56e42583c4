//! A chart on a page: an image from the server, which a script replaces by the same chart to point at when it comes near
//! the screen. The page waits for neither.

use leptos::prelude::*;
use model::{Evaluation, System};

use crate::charts::drawing::{Layout, Table};
use crate::charts::theme::Theme;
use crate::charts::{self, Drawing, break_even_of_two, replay};
use crate::markup::{IntoMarkup as _, Markup};

/// Up to this width a screen gets the picture for phones; `chart.js` and the style sheet know it too.
const NARROW: &str = "(max-width: 46rem)";
const DARK: &str = "(prefers-color-scheme: dark)";

/// Where the charts of a saved scenario come from: provided by its page, so that they show what was saved. Without it
/// they come from the answers in the query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartsOf {
    /// The page's address, such as `/s/{id}/revisions/{n}`.
    pub base: String,
}

/// The address of the charts of two scenarios.
const OF_TWO: &str = "/compare";

/// Where a chart's image and its option are.
#[derive(Clone, Debug)]
struct Source {
    base: String,
    chart: &'static str,
    query: String,
    index: usize,
}

impl Source {
    fn new(chart: &'static str, query: &str, index: usize) -> Self {
        let (base, answers) = match use_context::<ChartsOf>() {
            Some(saved) => (saved.base, String::new()),
            None => ("/answer".to_owned(), format!("{query}&")),
        };
        Self {
            base,
            chart,
            query: format!("{answers}component={index}"),
            index,
        }
    }

    /// Of two scenarios, which the query names.
    fn of_two(chart: &'static str, query: &str, index: usize) -> Self {
        Self {
            base: OF_TWO.to_owned(),
            chart,
            query: format!("{query}&component={index}"),
            index,
        }
    }

    /// What tells this chart from the others of a page; the same with and without bands.
    fn name(&self) -> String {
        format!("{}-{}", self.chart.trim_end_matches("_lines"), self.index)
    }

    fn option(&self) -> String {
        format!("{}/charts/{}.json?{}", self.base, self.chart, self.query)
    }

    fn image(&self, theme: Theme, layout: Layout) -> String {
        format!(
            "{}/charts/{}.svg?{}&theme={}&width={}",
            self.base,
            self.chart,
            self.query,
            theme.name(),
            layout.width(),
        )
    }
}

/// In the place of a part that is not there: what a script fetches next may have it, or may take it away.
pub(crate) fn no_part(part: String) -> Markup {
    view! { <div data-part=part></div> }.into_markup()
}

/// A chart whose finding and table are known: picture, sentence, table.
#[component]
pub fn DrawnFigure(
    /// Which chart, by its id.
    chart: &'static str,
    /// The answers.
    query: String,
    /// Which component.
    index: usize,
    /// What it comes to.
    drawing: Drawing,
) -> impl IntoView {
    with_table(&Source::new(chart, &query, index), drawing)
}

/// A chart of an evaluation at hand under its finding, in a section of its own; empty where there is nothing to draw.
#[component]
pub fn ChartSection(
    /// Which chart, by its id.
    chart: &'static str,
    /// The answers.
    system: System,
    /// What came of them.
    evaluation: Evaluation,
    /// The answers as a link.
    query: String,
    /// Which component.
    index: usize,
) -> impl IntoView {
    let id = format!("{chart}-{index}");
    let Some(drawing) = drawing(chart, &system, &evaluation, index) else {
        return no_part(id);
    };
    let section = view! {
        <section class="wide" data-part=id.clone()>
            <h2 id=id.clone()>{drawing.title.clone()}</h2>
            <DrawnFigure chart query index drawing/>
        </section>
    };
    section.into_markup()
}

/// A chart that is computed when it is looked at, under a heading that names what it shows; its finding is in it.
#[component]
pub fn LaterSection(
    /// Which chart, by its id.
    chart: &'static str,
    /// The answers.
    query: String,
    /// Which component.
    index: usize,
) -> impl IntoView {
    let kind = charts::find(chart)?;
    let charts::Source::Answers { heights, .. } = kind.source else {
        return None;
    };
    let id = format!("{chart}-{index}");
    let table = format!("/answer/charts/{chart}?{query}&component={index}");
    let today = use_context::<ChartsOf>().map(|_| {
        view! { <p class="aside">"Not part of what was saved: computed with the prices and the model of today."</p> }
    });
    let label = format!("{}. The link below leads to the numbers.", kind.name);
    Some(view! {
        <section class="wide" data-part=id.clone()>
            <h2 id=id.clone()>{kind.name}</h2>
            <figure><Picture chart query index heights label/></figure>
            {today}
            <p><a href=table>"What the chart says, and its numbers as a table"</a></p>
        </section>
    })
}

/// The picture, of which nothing is loaded before it comes near. Its size is known before it is.
#[component]
pub fn Picture(
    /// Which chart, by its id.
    chart: &'static str,
    /// The answers.
    query: String,
    /// Which component.
    index: usize,
    /// Wide and narrow.
    heights: (u32, u32),
    /// What it says to those who do not see it.
    label: String,
) -> impl IntoView {
    picture(&Source::new(chart, &query, index), heights, label)
}

/// One image for each medium, screen and colour scheme.
fn picture(source: &Source, (wide, narrow): (u32, u32), label: String) -> impl IntoView + use<> {
    let one = |media: String, theme, layout: Layout, height: u32| {
        view! { <source media=media srcset=source.image(theme, layout) width=layout.width() height=height/> }
    };
    view! {
        <div class="chart" data-chart-url=source.option() data-keep=source.name() role="img" aria-label=label>
            <picture>
                {one("print".to_owned(), Theme::Print, Layout::Wide, wide)}
                {one(format!("{DARK} and {NARROW}"), Theme::Dark, Layout::Narrow, narrow)}
                {one(DARK.to_owned(), Theme::Dark, Layout::Wide, wide)}
                {one(NARROW.to_owned(), Theme::Light, Layout::Narrow, narrow)}
                <img src=source.image(Theme::Light, Layout::Wide) alt="" width=Layout::Wide.width() height=wide loading="lazy" decoding="async"/>
            </picture>
        </div>
    }
}

/// A run of a replay over its time, with its numbers.
#[component]
pub fn ReplayFigure(
    /// The replay's address.
    base: String,
    /// Which of its runs.
    index: usize,
    /// What it comes to.
    drawing: Drawing,
) -> impl IntoView {
    let source = Source {
        base,
        chart: replay::ID,
        query: format!("component={index}"),
        index,
    };
    with_table(&source, drawing)
}

/// A picture with how to read it, and the same as a table.
fn with_table(source: &Source, drawing: Drawing) -> impl IntoView + use<> {
    let heights = (drawing.wide.height, drawing.narrow.height);
    let label = format!("{}. The table below holds the numbers.", drawing.title);
    view! {
        <figure>
            {picture(source, heights, label)}
            <figcaption>{drawing.sentence}</figcaption>
        </figure>
        <details>
            <summary>"The chart as a table"</summary>
            <TableTwin table=drawing.table/>
        </details>
    }
}

/// The chart of two scenarios under its finding, with its numbers.
#[component]
pub fn ComparedSection(
    /// Both scenarios, as the address names them.
    query: String,
    /// Which pair of components.
    index: usize,
    /// What it comes to.
    drawing: Drawing,
) -> impl IntoView {
    let source = Source::of_two(break_even_of_two::ID, &query, index);
    let (id, title) = (source.name(), drawing.title.clone());
    view! {
        <section class="wide">
            <h2 id=id>{title}</h2>
            {with_table(&source, drawing)}
        </section>
    }
}

/// The numbers of a chart.
#[component]
pub fn TableTwin(
    /// Which.
    table: Table,
) -> impl IntoView {
    let Table {
        caption,
        heads,
        rows,
    } = table;
    let head = heads
        .iter()
        .map(|head| view! { <th scope="col" class="num">{head.clone()}</th> })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter().zip(&heads);
            let name = cells.next().map(|(name, _)| name);
            let cells = cells.map(|(cell, head)| {
                view! { <td class="num" data-label=head.clone()>{cell}</td> }
            });
            let cells = cells.collect_view();
            view! { <tr><th scope="row" class="num">{name}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="stack compact">
            <caption class="visually-hidden">{caption}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
}

/// What a chart of an evaluation at hand comes to.
#[must_use]
pub fn drawing(
    chart: &str,
    system: &System,
    evaluation: &Evaluation,
    index: usize,
) -> Option<Drawing> {
    let chart = charts::find(chart)?;
    chart.of_evaluation(&charts::Subject {
        system,
        evaluation,
        index,
    })
}
