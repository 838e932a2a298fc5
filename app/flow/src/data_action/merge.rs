//! Bringing together what two people changed in one data action.

use serde::{Deserialize, Serialize};

use super::DataAction;

/// A part of a data action that is changed as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActionPart {
    /// The name of the resource.
    Name,
    /// The description of the resource.
    Description,
    /// The name of the definition.
    DefinitionName,
    /// The description of the definition.
    DefinitionDescription,
    /// The inputs.
    Inputs,
    /// The outputs.
    Outputs,
    /// The script.
    Script,
    /// The language of the script.
    Language,
    /// What is kept though nobody understands it.
    Rest,
}

/// One of two who changed the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// Who merges.
    Ours,
    /// The other.
    Theirs,
}

/// What came of merging.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedAction {
    /// The changes of both.
    pub action: DataAction,
    /// What the other alone changed.
    pub taken: Vec<ActionPart>,
    /// What both changed to different things.
    pub conflicts: Vec<ActionPart>,
}

/// Merges what was changed in two ways since `base`. Where both changed the
/// same part to different things, that of `prefer` stands.
pub fn merge(
    base: &DataAction,
    ours: &DataAction,
    theirs: &DataAction,
    prefer: Side,
) -> MergedAction {
    let mut merged = MergedAction {
        action: ours.clone(),
        taken: Vec::new(),
        conflicts: Vec::new(),
    };
    for part in ActionPart::ALL {
        if part.is_same(base, theirs) || part.is_same(ours, theirs) {
            continue;
        }
        if part.is_same(base, ours) {
            merged.taken.push(part);
            part.copy(theirs, &mut merged.action);
            continue;
        }
        merged.conflicts.push(part);
        if prefer == Side::Theirs {
            part.copy(theirs, &mut merged.action);
        }
    }
    merged
}

impl ActionPart {
    /// Every part, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Description,
        Self::DefinitionName,
        Self::DefinitionDescription,
        Self::Inputs,
        Self::Outputs,
        Self::Script,
        Self::Language,
        Self::Rest,
    ];

    /// The name for people, within a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "the name",
            Self::Description => "the description",
            Self::DefinitionName => "the name of the definition",
            Self::DefinitionDescription => "the description of the definition",
            Self::Inputs => "the inputs",
            Self::Outputs => "the outputs",
            Self::Script => "the script",
            Self::Language => "the language",
            Self::Rest => "further settings",
        }
    }

    fn is_same(self, one: &DataAction, other: &DataAction) -> bool {
        let (a, b) = (&one.definition, &other.definition);
        match self {
            Self::Name => one.name == other.name,
            Self::Description => one.description == other.description,
            Self::DefinitionName => a.name == b.name,
            Self::DefinitionDescription => a.description == b.description,
            Self::Inputs => a.interface.inputs == b.interface.inputs,
            Self::Outputs => a.interface.outputs == b.interface.outputs,
            Self::Script => a.code == b.code,
            Self::Language => a.language == b.language,
            Self::Rest => one.extra == other.extra && a.extra == b.extra,
        }
    }

    fn copy(self, from: &DataAction, to: &mut DataAction) {
        let (a, b) = (&from.definition, &mut to.definition);
        match self {
            Self::Name => to.name.clone_from(&from.name),
            Self::Description => to.description.clone_from(&from.description),
            Self::DefinitionName => b.name.clone_from(&a.name),
            Self::DefinitionDescription => b.description.clone_from(&a.description),
            Self::Inputs => b.interface.inputs.clone_from(&a.interface.inputs),
            Self::Outputs => b.interface.outputs.clone_from(&a.interface.outputs),
            Self::Script => b.code.clone_from(&a.code),
            Self::Language => b.language.clone_from(&a.language),
            Self::Rest => {
                to.extra.clone_from(&from.extra);
                b.extra.clone_from(&a.extra);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ActionPart, DataAction, Side, merge};
    use crate::{DataType, Parameter, data_action::Script};

    fn changed(change: impl FnOnce(&mut DataAction)) -> DataAction {
        let mut action = DataAction {
            name: "Base".to_owned(),
            ..DataAction::default()
        };
        change(&mut action);
        action
    }

    #[test]
    fn changes_of_different_parts_come_together_and_of_the_same_part_one_stands() {
        let base = changed(|_| {});
        let ours = changed(|action| {
            action.name = "Ours".to_owned();
            action.definition.code = Script::Text("a = 1".to_owned());
        });
        let theirs = changed(|action| {
            action.name = "Theirs".to_owned();
            let output = Parameter::new("x", DataType::String);
            action.definition.interface.outputs.push(output);
        });
        for (prefer, name) in [(Side::Ours, "Ours"), (Side::Theirs, "Theirs")] {
            let merged = merge(&base, &ours, &theirs, prefer);
            assert_eq!(merged.taken, [ActionPart::Outputs]);
            assert_eq!(merged.conflicts, [ActionPart::Name]);
            assert_eq!(merged.action.name, name);
            let definition = &merged.action.definition;
            assert_eq!(definition.code.text(), Some("a = 1"));
            assert_eq!(definition.interface, theirs.definition.interface);
        }
    }

    #[test]
    fn who_changed_nothing_takes_everything_over() {
        let base = changed(|_| {});
        let theirs = changed(|action| {
            action.name = "N".to_owned();
            action.description = "D".to_owned();
            action.extra.insert("a".to_owned(), true.into());
            let definition = &mut action.definition;
            definition.name = "DN".to_owned();
            definition.description = "DD".to_owned();
            definition.language = "python4".to_owned();
            definition.code = Script::Text("b".to_owned());
            let parameter = Parameter::new("x", DataType::String);
            definition.interface.inputs.push(parameter.clone());
            definition.interface.outputs.push(parameter);
        });
        let merged = merge(&base, &base, &theirs, Side::Ours);
        assert_eq!(merged.action, theirs);
        assert_eq!(merged.taken, ActionPart::ALL);
        let same = merge(&base, &theirs, &theirs, Side::Ours);
        assert_eq!((same.taken, same.conflicts), (Vec::new(), Vec::new()));
    }
}
