#include "daemon/web/server_parts.hpp"

#include <utility>

namespace cartwatch::web {

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
    if (!view) {
        view = std::make_shared<const std::string>(routes.live_view(station));
    }
    return view;
}

} // namespace cartwatch::web
