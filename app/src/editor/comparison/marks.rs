//! What a comparison shows on the canvas: around each step and on each
//! connection who changed it, and where a step is that only Genesys has.

use dom::prelude::*;
use editor::Editor;
use flow::Point;

use super::{
    super::desk::Desk,
    On, on,
    panel::{side_name, side_words},
};

/// The most marks that are drawn, conflicts first.
const MOST_MARKS: usize = 200;

/// A mark: what it stands on, and whose change it tells of.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    stands: Stands,
    /// The conflict that it leads to; none where one side changed it alone.
    conflict: Option<usize>,
    side: &'static str,
    words: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
enum Stands {
    On(On),
    /// Where a step would be that is not here, and what is said of it.
    Where(Point, String),
}

/// The marks of the comparison that is shown, in canvas units.
pub(crate) fn comparison_marks(desk: Desk) -> View {
    let marks = Memo::new(move |_| {
        desk.revision.track();
        if desk.is_comparing() {
            marks(desk)
        } else {
            Vec::new()
        }
    });
    (move || {
        let marks = marks.get().into_iter();
        marks.map(|mark| placed(desk, mark)).collect_view()
    })
    .into_view()
}

fn marks(desk: Desk) -> Vec<Mark> {
    let (conflicts, merged) = desk.comparing.with(|it| {
        let comparison = it.as_ref().map(|it| &it.comparison);
        comparison.map_or_else(Default::default, |comparison| {
            (comparison.conflicts.clone(), comparison.merged.clone())
        })
    });
    let conflicts = conflicts.into_iter().enumerate().map(|(index, part)| {
        let stands = stands(desk, &part.place, part.at, part.title);
        (stands, Some(index), "both", "Both")
    });
    let merged = merged.into_iter().map(|part| {
        let stands = stands(desk, &part.place, part.at, part.sentence);
        (stands, None, side_name(part.side), side_words(part.side))
    });
    let mut marks: Vec<Mark> = Vec::new();
    for (stands, conflict, side, words) in conflicts.chain(merged) {
        let Some(stands) = stands else {
            continue;
        };
        if let Some(mark) = marks.iter_mut().find(|mark| mark.stands == stands) {
            // Each side changed something else of it: nobody has to decide.
            if mark.conflict.is_none() && mark.side != side {
                (mark.side, mark.words) = ("each", "Here and Genesys");
            }
        } else if marks.len() < MOST_MARKS {
            marks.push(Mark {
                stands,
                conflict,
                side,
                words,
            });
        }
    }
    marks
}

fn stands(desk: Desk, place: &flow::Place, at: Option<Point>, said: String) -> Option<Stands> {
    let here = on(desk, place).map(Stands::On);
    here.or_else(|| Some(Stands::Where(at?, said)))
}

fn placed(desk: Desk, mark: Mark) -> View {
    let Mark {
        stands,
        conflict,
        side,
        words,
    } = mark;
    let (form, said) = match &stands {
        Stands::On(On::Node(_)) => ("node", None),
        Stands::On(On::Edge(_)) => ("edge", None),
        Stands::Where(_, said) => ("ghost", Some(said.clone())),
    };
    let place = Memo::new(move |_| place(desk, &stands));
    let tag = match conflict {
        Some(index) => view! {
            <button
                class="compare-tag"
                type="button"
                tabindex="-1"
                data-control=""
                data-side=side
                on:click=move |_| desk.go_to_conflict(index)
            >
                {words}
            </button>
        },
        None => view! { <span class="compare-tag" data-side=side>{words}</span> },
    };
    view! {
        <div
            class="compare-mark"
            data-form=form
            data-side=side
            style:left=move || format!("{}px", place.get().x)
            style:top=move || format!("{}px", place.get().y)
        >
            {tag} {said}
        </div>
    }
}

/// Where a mark is: it goes along with what is dragged.
fn place(desk: Desk, stands: &Stands) -> Point {
    desk.drawn.track();
    desk.tool.track();
    match stands {
        Stands::Where(at, _) => *at,
        Stands::On(On::Node(id)) => match desk.projection.card(id) {
            Some(card) => card.position.get() + card.shift.get(),
            None => desk.read(|editor| editor.position_shown(id)),
        },
        Stands::On(On::Edge(id)) => {
            // Its element in the page knows where it is, while it has one.
            if let Some(mark) = desk.projection.mark(id) {
                return mark.state.get().at;
            }
            let curve = |editor: &Editor| editor.curve_shown(id);
            desk.read(curve)
                .map(|curve| curve.label_point())
                .unwrap_or_default()
        }
    }
}
