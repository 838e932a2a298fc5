//! What is wrong with a data action as it stands on a page, and what it would
//! do with an input. Scripts are read and never run.

use api::{
    ActionFinding, CheckDataAction, FieldProblem, PossibleReturn, Replacement, Trial, TryDataAction,
};
use axum::Json;
use flow::data_action::{DataAction, misfits};

use super::check_size;
use crate::http::{Body, Problem, Result};

/// Everything that is wrong with a data action, its script included.
#[utoipa::path(post, path = "/api/data-actions/check", request_body = CheckDataAction,
    responses((status = 200, body = Vec<ActionFinding>), (status = 422)))]
pub(crate) async fn check_data_action(
    Body(body): Body<CheckDataAction>,
) -> Result<Json<Vec<ActionFinding>>> {
    check_size(&body.action)?;
    Ok(Json(findings(body.action).await?))
}

/// Tries an input against what a data action declares: Genesys Cloud offers
/// no test of one in this profile.
#[utoipa::path(post, path = "/api/data-actions/try", request_body = TryDataAction,
    responses((status = 200, body = Trial), (status = 422)))]
pub(crate) async fn try_data_action(Body(body): Body<TryDataAction>) -> Result<Json<Trial>> {
    check_size(&body.action)?;
    let TryDataAction { action, input } = body;
    let problems = misfits(&action.interface().inputs, &input).into_iter();
    let problems = problems.map(|misfit| FieldProblem {
        pointer: misfit.pointer,
        detail: misfit.message,
    });
    let problems = problems.collect();
    let returns = tokio::task::spawn_blocking(move || {
        let code = action.definition.code.text()?;
        python::returns(code)
    });
    let returns = returns.await.map_err(Problem::internal)?;
    Ok(Json(Trial {
        problems,
        returns: returns.map(|returns| returns.into_iter().map(shown_return).collect()),
    }))
}

/// The findings of a data action, found beside the requests that go on.
pub(super) async fn findings(action: DataAction) -> Result<Vec<ActionFinding>> {
    let found = tokio::task::spawn_blocking(move || python::findings(&action));
    let found = found.await.map_err(Problem::internal)?;
    Ok(found.into_iter().map(shown).collect())
}

fn shown(finding: python::Finding) -> ActionFinding {
    ActionFinding {
        problem: finding.problem,
        suggestion: finding.suggestion.map(|suggestion| Replacement {
            label: suggestion.label,
            span: suggestion.span,
            text: suggestion.text,
        }),
    }
}

fn shown_return(found: python::PossibleReturn) -> PossibleReturn {
    PossibleReturn {
        line: found.line,
        outputs: found.outputs,
        may_hold_more: found.may_hold_more,
    }
}
