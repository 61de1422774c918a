#include "daemon/link/renewal.hpp"

#include "daemon/trust/authority.hpp"
#include "daemon/trust/identity.hpp"

#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

// Half of a certificate's 800 days is left when the first look finds it due: an hour is nothing.
constexpr std::chrono::hours look_interval{1};

} // namespace

Renewal::Renewal(
    asio::any_io_executor executor,
    loop::Clock& clock,
    RenewalOptions options,
    std::function<void(std::string_view)> note,
    std::function<void()> renewed)
    : clock_(clock),
      options_(std::move(options)),
      note_(std::move(note)),
      renewed_(std::move(renewed)),
      call_(executor, clock),
      wakeup_(executor) {}

asio::awaitable<void> Renewal::run() {
    while (!stopping_) {
        co_await look();
        if (!stopping_) {
            const loop::Alarm next = clock_.after(look_interval, [this] { wakeup_.notify(); });
            co_await wakeup_.wait();
        }
    }
}

asio::awaitable<void> Renewal::look() {
    const std::optional<crypto::Credentials> present = due();
    if (!present) {
        co_return;
    }
    for (const Address& address : options_.addresses) {
        const Result<crypto::Credentials> fresh =
            co_await call_.renew(address, *present, options_.names);
        if (stopping_) {
            co_return;
        }
        if (!fresh) {
            note(to_text(address) + ": " + fresh.error().text);
            continue;
        }
        if (const auto saved = trust::save_identity(options_.trust, *fresh); !saved) {
            note(saved.error().text);
            co_return; // the present one stays good
        }
        note("a new one is on disk");
        renewed_();
        co_return;
    }
}

// The present credentials where it is time for new ones.
std::optional<crypto::Credentials> Renewal::due() {
    auto present = trust::load_identity(options_.trust);
    if (!present) {
        note(present.error().text);
        return std::nullopt;
    }
    if (!*present) {
        return std::nullopt; // never joined
    }
    const auto facts = crypto::read_certificate((*present)->certificate);
    if (!facts) {
        note(facts.error().text);
        return std::nullopt;
    }
    return trust::is_renewal_due(*facts, clock_.now()) ? std::move(*present) : std::nullopt;
}

void Renewal::stop() {
    stopping_ = true;
    call_.stop();
    wakeup_.notify();
}

void Renewal::note(const std::string& text) const {
    note_("renewal of this ward's certificate: " + text);
}

} // namespace cartwatch::link
