//! Bringing together what two people changed in one data action.

use serde::{Deserialize, Serialize};

use super::{DataAction, Script};
use crate::{Parameter, ParameterType};

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
/// same part to different things, ours stands, but for parts that are among
/// `theirs_in`.
pub fn merge(
    base: &DataAction,
    ours: &DataAction,
    theirs: &DataAction,
    theirs_in: &[ActionPart],
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
        if theirs_in.contains(&part) {
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

    /// The part as people read it; none where there is nothing of it.
    pub fn shown(self, action: &DataAction) -> Option<String> {
        let definition = &action.definition;
        let text = match self {
            Self::Name => action.name.clone(),
            Self::Description => action.description.clone(),
            Self::DefinitionName => definition.name.clone(),
            Self::DefinitionDescription => definition.description.clone(),
            Self::Inputs => listed(&definition.interface.inputs),
            Self::Outputs => listed(&definition.interface.outputs),
            Self::Script => match &definition.code {
                Script::Text(text) | Script::Opaque { opaque: text } => text.clone(),
            },
            Self::Language => definition.language.clone(),
            Self::Rest => {
                let members = action.extra.iter().chain(&definition.extra);
                let lines = members.map(|(pointer, value)| format!("{pointer}: {value}"));
                lines.collect::<Vec<_>>().join("\n")
            }
        };
        (!text.is_empty()).then_some(text)
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

/// Inputs or outputs, a line each.
fn listed(parameters: &[Parameter]) -> String {
    let line = |parameter: &Parameter| {
        let Parameter {
            name,
            datatype,
            required,
            description,
            ..
        } = parameter;
        let required = if *required { ", required" } else { "" };
        let purpose = match description.as_str() {
            "" => String::new(),
            purpose => format!(" ({purpose})"),
        };
        let datatype = match datatype {
            ParameterType::Known(datatype) => datatype.as_str().to_owned(),
            ParameterType::Foreign(other) => other.to_string(),
        };
        format!("{name}: {datatype}{required}{purpose}")
    };
    let lines: Vec<_> = parameters.iter().map(line).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{ActionPart, DataAction, merge};
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
        for (theirs_in, name) in [(&[][..], "Ours"), (&[ActionPart::Name], "Theirs")] {
            let merged = merge(&base, &ours, &theirs, theirs_in);
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
        let merged = merge(&base, &base, &theirs, &[]);
        assert_eq!(merged.action, theirs);
        assert_eq!(merged.taken, ActionPart::ALL);
        let same = merge(&base, &theirs, &theirs, &[]);
        assert_eq!((same.taken, same.conflicts), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_side_is_chosen_for_each_part_by_itself() {
        let base = changed(|_| {});
        let both = |name: &str, code: &str| {
            changed(|action| {
                action.name = name.to_owned();
                action.definition.code = Script::Text(code.to_owned());
            })
        };
        let (ours, theirs) = (both("Ours", "ours = 1"), both("Theirs", "theirs = 1"));
        let merged = merge(&base, &ours, &theirs, &[ActionPart::Script]);
        assert_eq!(merged.conflicts, [ActionPart::Name, ActionPart::Script]);
        assert_eq!(merged.action, both("Ours", "theirs = 1"));
    }

    #[test]
    fn a_part_is_shown_as_people_read_it() {
        let action = changed(|action| {
            let interface = &mut action.definition.interface;
            let mut input = Parameter::new("user_id", DataType::Integer);
            input.required = true;
            input.description = "Of the CRM".to_owned();
            interface.inputs.push(input);
            interface
                .inputs
                .push(Parameter::new("region", DataType::String));
        });
        let shown = |part: ActionPart| part.shown(&action);
        assert_eq!(shown(ActionPart::Name).as_deref(), Some("Base"));
        assert_eq!(
            shown(ActionPart::Inputs).as_deref(),
            Some("user_id: integer, required (Of the CRM)\nregion: string")
        );
        assert_eq!(shown(ActionPart::Outputs), None);
    }
}
