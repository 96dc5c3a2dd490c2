//! What journeys over HTTP need: the service on a free port, browsers, answers, tokens, and its log.

pub(crate) mod answer;
pub(crate) mod app;
pub(crate) mod assertion;
pub(crate) mod browser;
pub(crate) mod demo;
pub(crate) mod jar;
pub(crate) mod log;
pub(crate) mod provider;
