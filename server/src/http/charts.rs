//! Charts of the answers in the query, and of a saved scenario: as an image, and as what the pages' script draws.

use std::sync::Arc;

use app::charts::theme::Theme;
use app::charts::{self, Chart, Drawing, Source, Subject};
use app::url_state::{Pairs, system_from_query};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use model::System;
use serde_json::json;
use typeset::Raster;

use super::known::{answer, unless_known};
use super::scenarios;
use crate::cache::{ContentKey, Weight};
use crate::charts::{Frame, PaintError, Sheet, framed};
use crate::error::{Error, invalid};
use crate::metrics::ChartOutcome;
use crate::state::AppState;

/// What is asked for beside the answers.
const WISHES: [&str; 3] = ["component", "theme", "width"];
/// Widths that an image may have, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 280..=1600;

/// The forms of a chart.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// SVG.
    Image,
    /// What the pages' script draws.
    Option,
    /// PNG.
    Raster,
}

pub(super) fn routes() -> Router<AppState> {
    let mut routes = Router::new();
    for chart in charts::all() {
        for (form, ending) in [
            (Form::Image, "svg"),
            (Form::Option, "json"),
            (Form::Raster, "png"),
        ] {
            let name = format!("charts/{}.{ending}", chart.id);
            routes = routes
                .route(
                    &format!("/answer/{name}"),
                    get(move |State(state), headers, RawQuery(query)| {
                        of_answers(state, headers, query, chart, form)
                    }),
                )
                .route(
                    &format!("/s/{{id}}/{name}"),
                    get(move |State(state), headers, RawQuery(query), Path(id): Path<String>| {
                        of_saved(state, headers, query, (id, None), chart, form)
                    }),
                )
                .route(
                    &format!("/s/{{id}}/revisions/{{revision}}/{name}"),
                    get(
                        move |State(state), headers, RawQuery(query), Path((id, revision)): Path<(String, String)>| {
                            of_saved(state, headers, query, (id, Some(revision)), chart, form)
                        },
                    ),
                );
        }
    }
    routes
}

/// What is asked for beside the answers.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    /// Which component.
    pub(super) index: usize,
    theme: Theme,
    width: Option<u32>,
}

impl Wishes {
    pub(super) fn parse(pairs: &Pairs) -> Result<Self, Error> {
        let index = pairs.last("component").map_or(Ok(0), str::parse);
        let theme = pairs.last("theme").map_or(Some(Theme::Light), Theme::named);
        let width = pairs.last("width").map(str::parse).transpose();
        Ok(Self {
            index: index
                .map_err(|_| invalid("component", "is the number of a component, from 0 on"))?,
            theme: theme.ok_or_else(|| invalid("theme", "is light, dark or print"))?,
            width: width
                .ok()
                .filter(|width| width.is_none_or(|width| WIDTHS.contains(&width)))
                .ok_or_else(|| invalid("width", "is a number of pixels from 280 to 1600"))?,
        })
    }
}

async fn of_answers(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    chart: &'static Chart,
    form: Form,
) -> Result<Response, Error> {
    let pairs = Pairs::parse(query.as_deref().unwrap_or_default());
    let wishes = Wishes::parse(&pairs)?;
    let system = system_from_query(&pairs.answers().without(&WISHES).query())?;
    let index = component(wishes.index, system.components.len())?;
    let drawing = computed(&state, system, index, chart).await?;
    shown(&state, &headers, &drawing, wishes, form).await
}

/// What a chart of answers comes to, computed once.
async fn computed(
    state: &AppState,
    system: System,
    index: usize,
    chart: &'static Chart,
) -> Result<Arc<Kept>, Error> {
    let answers = serde_json::to_vec(&system).map_err(|_| Error::Internal)?;
    let key = ContentKey::of(&[
        chart.id.as_bytes(),
        &index.to_le_bytes(),
        &answers,
        state.book.version().as_bytes(),
    ]);
    let drawings = &state.gallery.drawings;
    let drawing = drawings.get_or_make(key, async {
        let book = Arc::clone(&state.book);
        let drawn = state
            .compute
            .run(move || chart.of_answers(&system, index, &book));
        of_prices(drawn.await?, state.book.version())
    });
    drawing.await
}

async fn of_saved(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    (id, revision): (String, Option<String>),
    chart: &'static Chart,
    form: Form,
) -> Result<Response, Error> {
    let wishes = Wishes::parse(&Pairs::parse(query.as_deref().unwrap_or_default()))?;
    let record = scenarios::read(&state, &id, revision.as_deref()).await?;
    let index = component(wishes.index, record.evaluation.components.len())?;
    let drawing = if let Source::Answers { .. } = chart.source {
        // No part of what was saved: computed as of today.
        computed(&state, record.system, index, chart).await?
    } else {
        let drawing = chart.of_evaluation(&Subject {
            system: &record.system,
            evaluation: &record.evaluation,
            index,
        });
        of_prices(drawing, &record.evaluation.price_book)?
    };
    shown(&state, &headers, &drawing, wishes, form).await
}

fn component(index: usize, many: usize) -> Result<usize, Error> {
    (index < many)
        .then_some(index)
        .ok_or_else(|| invalid("component", format!("there is no component {index}")))
}

/// A chart with its JSON, which is asked for as often as its pictures.
#[derive(Debug)]
pub(crate) struct Kept {
    drawing: Drawing,
    json: String,
    /// What is written below the picture where it is taken away.
    foot: Option<String>,
}

impl Weight for Kept {
    fn bytes(&self) -> usize {
        // The parsed option takes about four times its text.
        5 * self.json.len()
    }
}

/// Where there is nothing to draw there is no such image.
pub(super) fn kept(drawing: Option<Drawing>) -> Result<Arc<Kept>, Error> {
    let drawing = drawing.ok_or(Error::NotFound)?;
    let json = json!(drawing).to_string();
    Ok(Arc::new(Kept {
        drawing,
        json,
        foot: None,
    }))
}

/// A chart of one price book.
fn of_prices(drawing: Option<Drawing>, prices: &str) -> Result<Arc<Kept>, Error> {
    let mut kept = kept(drawing)?;
    if let Some(kept) = Arc::get_mut(&mut kept) {
        kept.foot = Some(format!("Estimates of Breakeven, prices of {prices}"));
    }
    Ok(kept)
}

/// The image, or the option, unless the client has it already.
pub(super) async fn shown(
    state: &AppState,
    headers: &HeaderMap,
    kept: &Kept,
    wishes: Wishes,
    form: Form,
) -> Result<Response, Error> {
    if let Form::Option = form {
        let key = ContentKey::of(&[kept.json.as_bytes()]);
        return Ok(unless_known(headers, key)
            .unwrap_or_else(|| answer(key, "application/json", kept.json.clone())));
    }
    let drawing = &kept.drawing;
    let width = wishes.width.unwrap_or(drawing.wide.width);
    let (sheet, key) = sheet(drawing, wishes.theme, width);
    // Pages say how wide their pictures are; who does not takes one away from its page.
    let foot = kept.foot.as_deref().filter(|_| wishes.width.is_none());
    let key = match foot {
        Some(foot) => ContentKey::of(&[b"framed", &key.bytes(), foot.as_bytes()]),
        None => key,
    };
    let frame = foot.map(|foot| Frame {
        title: if drawing.wide.has_title() {
            ""
        } else {
            &drawing.title
        },
        foot,
        theme: wishes.theme,
        width: sheet.width,
        height: sheet.height,
    });
    if let Form::Raster = form {
        let key = ContentKey::of(&[b"png", &key.bytes()]);
        if let Some(known) = unless_known(headers, key) {
            return Ok(known);
        }
        let png = raster(state, sheet, frame.as_ref(), key).await?;
        return Ok(answer(key, "image/png", png));
    }
    if let Some(known) = unless_known(headers, key) {
        return Ok(known);
    }
    let image = image(state, sheet, frame.as_ref()).await?;
    Ok(answer(key, "image/svg+xml", image))
}

/// The image, in its frame where it has one.
async fn image(state: &AppState, sheet: Sheet, frame: Option<&Frame<'_>>) -> Result<String, Error> {
    let key = key_of(&sheet);
    let svg = painted(state, sheet, key).await?;
    Ok(match frame {
        Some(frame) => framed(&svg, frame),
        None => svg.to_string(),
    })
}

/// A chart as an SVG of a width.
pub(super) async fn picture(
    state: &AppState,
    drawing: &Drawing,
    theme: Theme,
    width: u32,
) -> Result<Arc<str>, Error> {
    let (sheet, key) = sheet(drawing, theme, width);
    painted(state, sheet, key).await
}

/// What is to be painted, and what names it.
fn sheet(drawing: &Drawing, theme: Theme, width: u32) -> (Sheet, ContentKey) {
    let picture = drawing.picture(width);
    let sheet = Sheet {
        option: theme.resolve(&picture.json()),
        width,
        height: picture.height_at(width),
        title: drawing.title.clone(),
        description: drawing.sentence.clone(),
    };
    let key = key_of(&sheet);
    (sheet, key)
}

fn key_of(sheet: &Sheet) -> ContentKey {
    ContentKey::of(&[
        sheet.option.as_bytes(),
        sheet.title.as_bytes(),
        sheet.description.as_bytes(),
        &sheet.width.to_le_bytes(),
        &sheet.height.to_le_bytes(),
    ])
}

/// The image, painted once for the same content.
async fn painted(state: &AppState, sheet: Sheet, key: ContentKey) -> Result<Arc<str>, Error> {
    let gallery = &state.gallery;
    let mut drawn = false;
    let make = async {
        drawn = true;
        gallery.painter.paint(sheet).await.map(Arc::<str>::from)
    };
    let image = gallery.images.get_or_make(key, make).await;
    state.metrics.chart(match image {
        Err(_) => ChartOutcome::Failed,
        Ok(_) if drawn => ChartOutcome::Drawn,
        Ok(_) => ChartOutcome::Kept,
    });
    Ok(image?)
}

/// The image as PNG, two pixels for each of its own.
async fn raster(
    state: &AppState,
    sheet: Sheet,
    frame: Option<&Frame<'_>>,
    key: ContentKey,
) -> Result<Bytes, Error> {
    const FINE: Raster = Raster { scale: 2.0 };
    let make = async {
        let svg = image(state, sheet, frame).await?;
        let png = state.compute.run(move || typeset::png(&svg, FINE)).await?;
        png.map(Bytes::from).map_err(|error| {
            tracing::error!(%error, "a chart cannot be made a PNG");
            Error::Internal
        })
    };
    state.gallery.rasters.get_or_make(key, make).await
}

impl Weight for Arc<str> {
    fn bytes(&self) -> usize {
        self.len()
    }
}

impl Weight for Bytes {
    fn bytes(&self) -> usize {
        self.len()
    }
}

impl From<PaintError> for Error {
    fn from(error: PaintError) -> Self {
        match error {
            PaintError::Overloaded => Self::Overloaded,
            PaintError::Failed => Self::Internal,
        }
    }
}
