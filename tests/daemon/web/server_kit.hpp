// A real server on loopback port 0 with a clock that the test moves, and clients that speak bytes.
// One loop, stepped by the test.
#pragma once

#include "daemon/web/server.hpp"
#include "tests/daemon/web/web_kit.hpp"
#include "tests/support/manual_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

struct ServerKit {
    explicit ServerKit(FakeProgram wanted = {}, ServerOptions options = {});
    ~ServerKit();
    ServerKit(const ServerKit&) = delete;
    ServerKit& operator=(const ServerKit&) = delete;

    // Runs the loop until the condition holds; false where nothing happens for ten seconds.
    bool until(const std::function<bool()>& holds);
    // Runs what is ready now.
    void settle();

    boost::asio::io_context context;
    support::ManualClock clock;
    FakeProgram program;
    std::vector<std::string> failures; // of tasks
    std::unique_ptr<Server> server;
};

// A client that reads all the time, unless it is told to be slow.
class Client {
public:
    explicit Client(ServerKit& kit, bool reads = true);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    void send(std::string_view bytes);
    // All of it, while the server reads; what it does not take any more is dropped.
    void send_much(std::string bytes);
    void end(); // no more bytes from here
    void leave();

    // Waits for a whole answer and takes it from what was received.
    std::string answer();
    // Sends and waits.
    std::string ask(std::string_view bytes);
    bool until_closed();
    bool until_received(std::string_view text);

    [[nodiscard]] bool closed() const {
        return heard_->closed;
    }

    [[nodiscard]] std::string& received() {
        return heard_->bytes;
    }

private:
    struct Heard {
        std::string bytes;
        bool closed = false;
        std::array<char, 16384> space{};
    };

    void read();

    ServerKit& kit_;
    std::shared_ptr<boost::asio::ip::tcp::socket> socket_;
    std::shared_ptr<Heard> heard_ = std::make_shared<Heard>();
};

// "GET <target> HTTP/1.1" of a page of this server, with further header lines.
[[nodiscard]] std::string get(std::string_view target, std::string_view headers = "");
[[nodiscard]] std::string
post(std::string_view target, std::string_view body, std::string_view headers = "");
[[nodiscard]] std::string upgrade(std::string_view target, std::string_view headers = "");

// "200" of an answer; empty where it is none.
[[nodiscard]] std::string status_of(std::string_view answer);
[[nodiscard]] std::string body_of(const std::string& answer);

// Takes the next whole text frame of a WebSocket from the bytes; nullopt: there is none yet.
[[nodiscard]] std::optional<std::string> take_frame(std::string& bytes);
// A masked frame as a browser sends it.
[[nodiscard]] std::string client_frame(std::string_view text);

} // namespace cartwatch::web
