//! The Yew app: pages, components, hooks, state, and the browser behind `platform`.
