#include "daemon/web/server_parts.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::web {

namespace {

// How long no view is made after one, in lengths of its making.
constexpr std::size_t rests_for_each_view = 4;

} // namespace

ServerParts::ServerParts(
    boost::asio::any_io_executor on,
    loop::Clock& time,
    Service service,
    ServerOptions wanted,
    loop::OnFailure failed)
    : executor(std::move(on)),
      clock(time),
      options(std::move(wanted)),
      on_failure(std::move(failed)),
      acceptor(executor),
      routes(
          std::move(service), options.pages.empty() ? StaticFiles() : StaticFiles(options.pages)) {}

std::shared_ptr<const std::string> ServerParts::view_for(const std::string& station) {
    std::shared_ptr<const std::string>& view = views[station];
    if (view) {
        return view;
    }
    Rest& rest = rests_[station];
    const loop::Ticks began = clock.ticks();
    if (began < rest.until) {
        rest.over = clock.after(rest.until - began, [this, station] { wake(station); });
        return nullptr;
    }
    view = std::make_shared<const std::string>(routes.live_view(station));
    const loop::Ticks ended = clock.ticks();
    // One tick may be a moment that lay across it.
    const loop::Ticks took = std::max(ended - began - loop::Ticks{1}, loop::Ticks{0});
    rest.until = ended + rests_for_each_view * took * rests_.size();
    return view;
}

void ServerParts::wake(std::string_view station) {
    for (LivePage* page : pages) {
        if (page->station == station) {
            page->wakeup.notify();
        }
    }
}

} // namespace cartwatch::web
