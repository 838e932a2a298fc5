//! Disabling what is at hand.

use super::{Editor, announce};
use crate::{
    Effect, Update,
    plan::{count_of_nodes, name_of, plan_disable},
};

impl Editor {
    /// Disables the nodes at hand, or enables them where all are disabled. What
    /// cannot be disabled is said, with the reason and what to do.
    pub(super) fn toggle_disabled(&mut self, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let nodes = self.nodes_at_hand();
        if nodes.is_empty() {
            return announce(update, "Select the nodes to disable first.");
        }
        let disabling = plan_disable(self.flow(), &self.scene, &nodes);
        if let Some((id, why)) = disabling.refused.first() {
            let name = format!("“{}”", name_of(self.flow(), id));
            let mut sentence = why.sentence(&name);
            let others = disabling.refused.len() - 1;
            if others > 0 {
                let steps = if others == 1 { "step" } else { "steps" };
                sentence.push_str(&format!(
                    " {others} more {steps} cannot be disabled either."
                ));
            }
            update.effects.push(Effect::Refused(sentence));
        }
        let Some(plan) = disabling.plan else {
            return;
        };
        let changed = plan.ops.iter().filter_map(|op| match op {
            flow::Op::SetDisabled { id, .. } => Some(id),
            _ => None,
        });
        let changed: Vec<_> = changed.collect();
        let what = count_of_nodes(self.flow(), changed.into_iter());
        if self.commit(plan, None, update) {
            let is = if disabling.disables {
                "disabled"
            } else {
                "enabled"
            };
            announce(update, format!("{what} {is}."));
        }
    }
}
