//! The metadata of a contact: rows of name and text.

use api::MetadataEntry;
use dom::prelude::*;

use crate::components::{Button, IconButton, TextInput};

/// A row that is being filled.
#[derive(Clone, Copy)]
pub struct Row {
    id: usize,
    name: RwSignal<String>,
    value: RwSignal<String>,
}

/// The rows of a form.
#[derive(Clone, Copy)]
pub struct Rows {
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<usize>,
}

impl Rows {
    /// Rows that hold these entries.
    pub fn of(entries: &[MetadataEntry]) -> Self {
        let rows = Self {
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        };
        for entry in entries {
            rows.add(entry.clone());
        }
        rows
    }

    /// The entries; rows without a name and a text are none.
    pub fn entries(self) -> Vec<MetadataEntry> {
        let rows = self.rows.get_untracked().into_iter();
        let entries = rows.map(|row| MetadataEntry {
            name: row.name.get_untracked().trim().to_owned(),
            value: row.value.get_untracked(),
        });
        entries
            .filter(|entry| !entry.name.is_empty() || !entry.value.is_empty())
            .collect()
    }

    fn add(self, entry: MetadataEntry) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let row = Row {
            id,
            name: RwSignal::new(entry.name),
            value: RwSignal::new(entry.value),
        };
        self.rows.update(|rows| rows.push(row));
    }
}

#[component]
pub fn MetadataRows(rows: Rows) -> impl IntoView {
    view! {
        <div class="pair-rows">
            <For each=move || rows.rows.get() key=|row| row.id let:row>
                <div class="pair-rows__row">
                    <TextInput
                        value=row.name
                        on_input=move |text| row.name.set(text)
                        label="Metadata name"
                        placeholder="campaign"
                        code=true
                    />
                    <TextInput
                        value=row.value
                        on_input=move |text| row.value.set(text)
                        label="Metadata value"
                    />
                    <IconButton
                        icon="x"
                        label="Remove this entry"
                        on_click=move |_| rows.rows.update(|all| all.retain(|one| one.id != row.id))
                    />
                </div>
            </For>
            <div>
                <Button
                    small=true
                    icon="plus"
                    on_click=move |_| rows.add(MetadataEntry::default())
                >
                    "Add metadata"
                </Button>
            </div>
        </div>
    }
}
