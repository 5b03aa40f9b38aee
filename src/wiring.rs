//! Ties the shared values to the browser: what is saved when, which tab writes, global keys. Set up once, for the page's life.

use crate::hooks;
use crate::platform::keyboard::EventListener;
use crate::platform::locks::{self, Ask};
use crate::platform::{history, keyboard, leaving, local_storage, media, service_worker, style, time};
use crate::state::services::{Dialog, Services, Work};
use crate::state::shared::MARK;
use crate::state::storage::{Key, StorageFailure};
use crate::state::store::{Store, Subscription};
use crate::state::workspace::deferred;
use serde::Serialize;

/// The first paint and the engine come before offline use.
const SERVICE_WORKER_AFTER_MS: u32 = 3000;

/// Connects everything.
pub fn connect(services: &Services) {
    let mut kept = vec![
        save_changes(services, services.settings.clone(), Key::Settings),
        save_changes(services, services.progress.clone(), Key::Progress),
        save_changes(services, services.projects.clone(), Key::Projects),
    ];
    apply_settings(services);
    let own = services.clone();
    kept.push(services.settings.subscribe(move || apply_settings(&own)));
    // The page's own life is the subscriptions' life.
    std::mem::forget(kept);
    std::mem::forget(listen(services));
    take_lock(services, Ask::IfFree);
    let (backend, update) = (services.clone(), services.clone());
    let opened = move || {
        let services = backend.clone();
        async move {
            let missing = |_| deferred::did_not_load(&hooks::texts(&services));
            deferred::backend(services.clone()).await.map_err(missing)?.await
        }
    };
    let later = time::after(SERVICE_WORKER_AFTER_MS, move || {
        service_worker::start(opened, move || update.status.update(|status| status.update = true))
    });
    std::mem::forget(later);
}

fn listen(services: &Services) -> Vec<EventListener> {
    let own = || services.clone();
    let (route, theme, keys, other) = (own(), own(), own(), own());
    let (connection, hide, leave) = (own(), own(), own());
    let mut listeners: Vec<EventListener> = [
        history::on_change(move || {
            let now = history::current();
            if route.route.get() != now {
                route.save_now();
                route.route.set(now);
            }
        }),
        // Another link was put into the address bar: what it carries is read when the page begins.
        history::on_hash(|hash| {
            if hash.starts_with(MARK) {
                history::reload();
            }
        }),
        media::on_change("(prefers-color-scheme: dark)", move |_| apply_settings(&theme)),
        keyboard::on_press(move |press| on_key(&keys, &press)),
        local_storage::on_other_tab(move |key| on_other_tab(&other, &key)),
        leaving::on_leave(move || {
            leave.save_now();
            leave.storage.holds()
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    services.status.update(|status| status.online = media::is_online());
    listeners.extend(media::on_connection(move |online| {
        connection.status.update(|status| status.online = online)
    }));
    listeners.extend(leaving::on_hide(move || hide.save_now()));
    listeners
}

/// Saves a value whenever it changes.
fn save_changes<T: Clone + PartialEq + Serialize + 'static>(services: &Services, store: Store<T>, key: Key) -> Subscription {
    let (services, value) = (services.clone(), store.clone());
    store.subscribe(move || save(&services, &value, &key))
}

fn save<T: Clone + PartialEq + Serialize + 'static>(services: &Services, value: &Store<T>, key: &Key) {
    let result = value.read(|value| services.storage.save_or_hold(key, value));
    if result != Err(StorageFailure::OtherTab) {
        let texts = hooks::texts(services);
        let what = texts.get(&crate::i18n::shell::YOUR_PROGRESS);
        let failure = result
            .err()
            .map(|failure| (failure, crate::state::workspace::storage_error(&texts, failure, what)));
        services.status.update(|status| match failure {
            None if services.storage.holds() => {}
            None => status.all_kept(),
            failure => status.kept(Work::Progress, failure),
        });
    }
}

/// Saves again what did not fit. A refused write to the database was taken back, so there is nothing of it to save.
pub fn save_again(services: &Services) {
    services.status.update(|status| status.kept(Work::Database, None));
    save(services, &services.settings, &Key::Settings);
    save(services, &services.progress, &Key::Progress);
    save(services, &services.projects, &Key::Projects);
    services.save_now();
}

fn apply_settings(services: &Services) {
    let settings = services.settings.get();
    style::set_theme(settings.theme);
    style::set_language(&settings.language);
}

/// Asks for the right to write. A tab that does not get it looks on, and has it when the other one closes.
pub fn take_lock(services: &Services, ask: Ask) {
    let (granted, lost) = (services.clone(), services.clone());
    let name = services.storage.lock_name();
    locks::acquire(
        &name,
        ask,
        move |writes| {
            set_writer(&granted, writes);
            if !writes {
                take_lock(&granted, Ask::Wait);
            }
        },
        move || set_writer(&lost, false),
    );
}

fn set_writer(services: &Services, writes: bool) {
    let looked_on = !services.storage.may_write();
    services.storage.set_may_write(writes);
    if writes {
        services.storage.hold_reserve();
    }
    services
        .status
        .update(|status| (status.other_tab, status.look_only) = (!writes, false));
    if let Some(follower) = services.follower() {
        follower.may_write(writes, writes && looked_on);
    }
}

/// Another tab saved: what is shown here follows.
fn on_other_tab(services: &Services, key: &str) {
    let Some(key) = services.storage.key_of(key) else { return };
    services.storage.let_go(&key);
    match &key {
        Key::Settings => services.settings.set(services.storage.load(&Key::Settings).unwrap_or_default()),
        Key::Progress => services.progress.set(services.storage.load(&Key::Progress).unwrap_or_default()),
        Key::Projects => services.projects.set(services.storage.load(&Key::Projects).unwrap_or_default()),
        _ => {}
    }
    if let Some(follower) = services.follower().filter(|_| !services.storage.may_write()) {
        follower.stored(&key);
    }
}

/// Keys that work on every page. The workbench has its own beside them.
fn on_key(services: &Services, press: &keyboard::Press) -> bool {
    let single = services.settings.read(|settings| settings.single_keys) && !press.typing && !press.command && !press.alt;
    match press.key.as_str() {
        "k" | "K" if press.command && !press.shift => toggle(services, Dialog::Palette),
        "?" if single && services.dialog.get().is_none() => toggle(services, Dialog::Shortcuts),
        "Escape" if services.dialog.get().is_some() => services.dialog.set(None),
        "s" | "S" if press.command && !press.shift => {
            services.save_now();
            services.announce(hooks::texts(services).get(&crate::i18n::shell::SAVED));
        }
        _ => return false,
    }
    true
}

fn toggle(services: &Services, dialog: Dialog) {
    services
        .dialog
        .update(|open| *open = if open.as_ref() == Some(&dialog) { None } else { Some(dialog) });
}
