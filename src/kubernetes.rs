//! What the Kubernetes API server answers to a manifest.
