//! Whether an interaction with a contact can be started now, and if not, why.

use api::{ContactNotice, ContactStage};
use flow::contact::{Channel, Standing, ValidationStatus};

use super::{mask::Sight, notice::notice, record::Record};

/// How far a contact has come by what its check says.
pub(super) fn stage_of(standing: &Standing) -> ContactStage {
    match standing.validation_status {
        ValidationStatus::Passed => ContactStage::Passed,
        ValidationStatus::Pending => ContactStage::Pending,
        ValidationStatus::Failed => ContactStage::Failed,
        ValidationStatus::Unknown => ContactStage::Unknown,
    }
}

/// The channels by which an interaction can be started: at least one, or why
/// there is none.
pub(super) fn startable(
    stage: ContactStage,
    record: &Record,
    sight: Sight,
) -> Result<Vec<Channel>, ContactNotice> {
    // A check does not settle which of two is right.
    let stage = match (stage, &record.theirs) {
        (ContactStage::Registering | ContactStage::NotRegistered, _) | (_, None) => stage,
        (_, Some(_)) => ContactStage::Different,
    };
    match (stage, record.standing.as_ref()) {
        (ContactStage::Registering, _) => Err(notice(
            "The contact is being registered.",
            "Wait until that has ended.",
        )),
        (ContactStage::NotRegistered, _) => Err(notice(
            "The contact is not registered in Genesys.",
            "Try again, or correct it first.",
        )),
        (ContactStage::Different, _) => Err(notice(
            "Genesys has other data of this contact.",
            "Look at what differs and decide which is right.",
        )),
        (ContactStage::Validating, None) => Err(notice(
            "Genesys is being asked whether this contact may be spoken to.",
            "Wait a moment.",
        )),
        (_, None) => Err(notice(
            "Genesys has not been asked yet whether this contact may be spoken to.",
            "Check its availability.",
        )),
        (_, Some(standing)) => {
            let mut standing = standing.clone();
            if sight == Sight::Masked && !standing.validation_failure_reason.is_empty() {
                // What Genesys gives as a reason may tell who it is about.
                standing.validation_failure_reason = "publishers can see why".to_owned();
            }
            standing.startable().map_err(|why| notice(why, ""))
        }
    }
}
