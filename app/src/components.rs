//! The parts that pages are made of. Each writes the markup that its stylesheet
//! in `style/` expects.

mod announce;
mod badge;
mod banner;
mod button;
mod combobox;
mod dialog;
mod element_id;
mod field;
mod icon;
mod input;
mod integer_input;
mod keys;
mod late;
mod menu;
mod password_input;
mod relative_time;
mod segments;
mod select;
mod state;
mod tabs;
mod text_area;
mod toast;
pub(crate) mod typed_text;

pub use announce::{Announcer, AnnouncerRegion};
pub use badge::{Avatar, Badge, Count, Tone};
pub use banner::Banner;
pub use button::{Button, ButtonKind, IconButton, TooltipSide};
pub use combobox::{Combobox, Offer};
pub use dialog::{Confirm, Dialog};
pub use element_id::element_id;
pub use field::{Field, FieldWiring};
pub use icon::{Icon, IconSize};
pub use input::{SearchInput, TextInput};
pub use integer_input::IntegerInput;
pub use keys::{ChordKeys, Kbd, on_apple};
pub use menu::{Menu, MenuButton, MenuChoice, MenuHandle, MenuItem, MenuLabel, MenuSeparator};
pub use password_input::PasswordInput;
pub use relative_time::{Clock, RelativeTime, exact};
pub use segments::{Segment, Segments};
pub use select::Select;
pub use state::{EmptyState, ErrorState, Skeleton, SkeletonShape, Spinner};
pub use tabs::{Tab, TabPanel, Tabs};
pub use text_area::TextArea;
pub use toast::{ToastRegion, Toasts};
