//! The page that a new leptos project begins with: a heading and a button that counts its clicks, an island. `make load` compares
//! how many of them are served with how many of ours.

use std::error::Error;

use axum::Router;
use axum::routing::get;
use leptos::prelude::*;

#[island]
fn Counter() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! { <button on:click=move |_| set_count.update(|count| *count += 1)>"Click Me: " {count}</button> }
}

fn page() -> impl IntoView {
    let options = LeptosOptions::builder().output_name("starter").build();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <AutoReload options=options.clone() />
                <HydrationScripts options islands=true />
                <title>"Welcome to Leptos"</title>
            </head>
            <body>
                <main>
                    <h1>"Welcome to Leptos!"</h1>
                    <Counter />
                </main>
            </body>
        </html>
    }
}

/// Serves the page on the address that is the only argument.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("an address to listen at")?;
    any_spawner::Executor::init_tokio()?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    let page = leptos_axum::render_app_to_stream(page);
    axum::serve(listener, Router::new().route("/", get(page))).await?;
    Ok(())
}
