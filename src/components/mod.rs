//! Pieces that several pages share.

pub mod banners;
pub mod dialog;
pub mod icon;
pub mod import_project;
pub mod link;
pub mod live_region;
pub mod meter;
pub mod name_field;
pub mod palette;
pub mod panic_page;
pub mod settings_dialog;
pub mod shortcuts;
pub mod toasts;
pub mod top_bar;

pub use icon::draw_icon;
pub use link::Link;
