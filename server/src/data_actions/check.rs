//! What is wrong with a data action as it stands on a page, and what it would
//! do with an input. Scripts are read and never run.

use api::{
    ActionFinding, CheckDataAction, FieldProblem, PossibleReturn, Replacement, Trial, TryDataAction,
};
use axum::Json;
use flow::data_action::{DataAction, Misfit, misfits, misfits_of_result};

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

/// Tries an input, and what the script would return for it, against what a data
/// action declares: Genesys Cloud offers no test of one in this profile.
#[utoipa::path(post, path = "/api/data-actions/try", request_body = TryDataAction,
    responses((status = 200, body = Trial), (status = 422)))]
pub(crate) async fn try_data_action(Body(body): Body<TryDataAction>) -> Result<Json<Trial>> {
    check_size(&body.action)?;
    let TryDataAction {
        action,
        input,
        result,
    } = body;
    let problems = shown_misfits(misfits(&action.interface().inputs, &input));
    let outputs = &action.interface().outputs;
    let result_problems = result.map(|result| shown_misfits(misfits_of_result(outputs, &result)));
    let returns = tokio::task::spawn_blocking(move || {
        let code = action.definition.code.text()?;
        python::returns(code)
    });
    let returns = returns.await.map_err(Problem::internal)?;
    Ok(Json(Trial {
        problems,
        result_problems,
        returns: returns.map(|returns| returns.into_iter().map(shown_return).collect()),
    }))
}

fn shown_misfits(misfits: Vec<Misfit>) -> Vec<FieldProblem> {
    let problem = |misfit: Misfit| FieldProblem {
        pointer: misfit.pointer,
        detail: misfit.message,
    };
    misfits.into_iter().map(problem).collect()
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
