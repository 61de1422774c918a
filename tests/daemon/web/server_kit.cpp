#include "tests/daemon/web/server_kit.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <chrono>

namespace cartwatch::web {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using namespace std::chrono_literals;

ServerKit::ServerKit(FakeProgram wanted, ServerOptions options) : program(std::move(wanted)) {
    server = std::make_unique<Server>(
        context.get_executor(),
        clock,
        program.service(),
        std::move(options),
        [this](std::string_view name, const std::exception_ptr& failure) {
            failures.push_back(std::string(name) + ": " + loop::text_of(failure));
        });
    server->run();
    settle();
}

ServerKit::~ServerKit() {
    server->stop();
    settle();
}

bool ServerKit::until(const std::function<bool()>& holds) {
    while (!holds()) {
        if (context.run_one_for(10s) == 0) {
            return false;
        }
    }
    return true;
}

void ServerKit::settle() {
    while (context.poll() != 0) {
    }
}

Client::Client(ServerKit& kit, bool reads)
    : kit_(kit), socket_(std::make_shared<tcp::socket>(kit.context)) {
    socket_->connect({asio::ip::address_v4::loopback(), kit.server->port()});
    if (reads) {
        read();
    }
}

Client::~Client() {
    leave();
}

void Client::read() {
    socket_->async_read_some(
        asio::buffer(heard_->space),
        [this, heard = heard_, socket = socket_](boost::system::error_code error, std::size_t n) {
            if (error == asio::error::operation_aborted) {
                return; // the client is gone
            }
            heard->bytes.append(heard->space.data(), n);
            heard->closed = error.failed();
            if (!error) {
                read();
            }
        });
}

void Client::send(std::string_view bytes) {
    boost::system::error_code ignored; // the server may have closed: that is what is tested
    asio::write(*socket_, asio::buffer(bytes), ignored);
}

void Client::send_much(std::string bytes) {
    const auto kept = std::make_shared<const std::string>(std::move(bytes));
    asio::async_write(
        *socket_,
        asio::buffer(*kept),
        [kept, socket = socket_](const boost::system::error_code&, std::size_t) {});
}

void Client::end() {
    socket_->shutdown(tcp::socket::shutdown_send);
}

void Client::leave() {
    boost::system::error_code ignored; // closed already, if at all
    socket_->close(ignored);
    kit_.settle();
}

bool Client::until_closed() {
    return kit_.until([this] { return heard_->closed; });
}

bool Client::until_received(std::string_view text) {
    return kit_.until([&] { return heard_->bytes.find(text) != std::string::npos; });
}

namespace {

// Bytes of the first whole answer; 0: it is not whole yet.
std::size_t length_of_answer(const std::string& bytes) {
    const std::size_t head = bytes.find("\r\n\r\n");
    if (head == std::string::npos) {
        return 0;
    }
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t at = bytes.substr(0, head).find(name);
    const std::size_t body =
        at == std::string::npos ? 0 : std::stoul(bytes.substr(at + name.size()));
    return bytes.size() >= head + 4 + body ? head + 4 + body : 0;
}

} // namespace

std::string Client::answer() {
    const auto whole = [this] { return length_of_answer(heard_->bytes) > 0 || heard_->closed; };
    if (!kit_.until(whole)) {
        return "nothing came";
    }
    const std::size_t length = length_of_answer(heard_->bytes);
    const std::string result = heard_->bytes.substr(0, length);
    heard_->bytes.erase(0, length);
    return result;
}

std::string Client::ask(std::string_view bytes) {
    send(bytes);
    return answer();
}

std::string get(std::string_view target, std::string_view headers) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers)
           + "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view headers) {
    return "POST " + std::string(target)
           + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
           + std::to_string(body.size()) + "\r\n" + std::string(headers) + "\r\n"
           + std::string(body);
}

std::string upgrade(std::string_view target, std::string_view headers) {
    return get(
        target,
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + std::string(headers));
}

std::string status_of(std::string_view answer) {
    constexpr std::string_view version = "HTTP/1.1 ";
    return answer.starts_with(version) ? std::string(answer.substr(version.size(), 3)) : "";
}

std::string body_of(const std::string& answer) {
    const std::size_t head = answer.find("\r\n\r\n");
    return head == std::string::npos ? "" : answer.substr(head + 4);
}

// RFC 6455, section 5.2; a server sends its frames unmasked.
std::optional<std::string> take_frame(std::string& bytes) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes.at(i)));
    };
    if (bytes.size() < 2) {
        return std::nullopt;
    }
    std::size_t length = byte(1);
    const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (bytes.size() < 2 + extra) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < extra; ++i) {
        length = (i == 0 ? 0 : length << 8U) + byte(2 + i);
    }
    if (bytes.size() < 2 + extra + length) {
        return std::nullopt;
    }
    const std::string text = bytes.substr(2 + extra, length);
    bytes.erase(0, 2 + extra + length);
    return text;
}

std::string client_frame(std::string_view text) {
    std::string frame = "\x81";
    if (text.size() < 126) {
        frame += static_cast<char>(0x80U | text.size());
    } else {
        frame += '\xfe';
        frame += static_cast<char>(text.size() >> 8U);
        frame += static_cast<char>(text.size() & 0xffU);
    }
    return frame + std::string(4, '\0') + std::string(text); // a mask of zeros changes nothing
}

} // namespace cartwatch::web
