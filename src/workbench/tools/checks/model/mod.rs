//! A report as the Checks tool shows and speaks it, without a browser.

pub mod difference;
pub mod evidence;
pub mod sentence;
