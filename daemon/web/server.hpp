// HTTP/1.1 and WebSocket over plain TCP: the only place with Beast, and no header of it leaves this
// room. One loop, one thread. It moves bytes and guards limits; what is answered is routes' to say.
#pragma once

#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/web/guard.hpp"
#include "daemon/web/service.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace cartwatch::web {

// Every limit of a connection. The defaults are for a page on the same machine or a ward's LAN.
struct ServerLimits {
    std::size_t connections = 256;                 // the 257th is told 503 and closed
    std::size_t uploads = 4;                       // pictures in memory at once, 16 MiB each
    std::chrono::milliseconds header_time{10'000}; // a whole request head: 16 KiB on any line
    std::chrono::milliseconds body_time{30'000};   // a body: 16 MiB at 5 Mbit/s
    std::chrono::milliseconds idle_time{60'000};   // between two requests of one connection
    std::chrono::milliseconds send_time{20'000};   // a client that does not take its answer
    std::chrono::milliseconds answer_time{30'000}; // from the request to the commit
    std::chrono::milliseconds tick_time{5'000};    // between two ticks of a live page
};

struct ServerOptions {
    std::string address = "127.0.0.1"; // numeric IPv4 or IPv6
    std::uint16_t port = 0;            // 0: any free one; ward 7410, pharmacy 7420
    std::filesystem::path pages;       // folder of index.html; empty: no pages
    GuardOptions guard;
    ServerLimits limits;
};

class Server {
public:
    // Loads the pages and listens; throws std::system_error where the address is taken and
    // std::runtime_error where the pages cannot be read. Nothing is served before run(). The clock
    // outlives it; `on_failure` is told what a task threw.
    Server(
        boost::asio::any_io_executor executor,
        loop::Clock& clock,
        Service service,
        ServerOptions options,
        loop::OnFailure on_failure);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    // The port it listens on.
    [[nodiscard]] std::uint16_t port() const;

    // Starts serving; once.
    void run();

    // Something that the live pages of this station show has changed; an empty station: of all.
    // Cheap: the view is made once, when the first page is ready to take it.
    void changed(std::string_view station);

    // Stops accepting and closes every connection; the loop then runs out of this server's work.
    void stop();

private:
    std::shared_ptr<struct ServerParts> parts_; // tasks that still end hold it, too
};

} // namespace cartwatch::web
