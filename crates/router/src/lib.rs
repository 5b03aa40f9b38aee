//! Express 5 path patterns and layer stacks, for native and script handlers.
