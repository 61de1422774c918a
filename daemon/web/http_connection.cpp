#include "daemon/web/http_connection.hpp"

#include "daemon/web/deadline.hpp"
#include "daemon/web/live.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <utility>

namespace cartwatch::web {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using Parser = http::request_parser<http::string_body>;
using Message = http::response<http::span_body<const char>>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Bytes of a first read; a page's whole request is smaller.
constexpr std::size_t first_read_bytes = 4096;

// After an early refusal the rest of the request is thrown away for so long, since a socket closed
// with bytes unread takes the answer back.
constexpr std::chrono::milliseconds linger_time{2'000};

// What was asked of the program and is not answered yet.
template <typename Answer>
struct Pending {
    explicit Pending(const asio::any_io_executor& executor) : wakeup(executor) {}

    loop::Wakeup wakeup;
    std::optional<Answer> answer;
    bool given_up = false; // too late, or the connection was dropped
};

// One HTTP connection, from its first byte to its last.
struct Talk {
    Talk(std::shared_ptr<ServerParts> owner, std::uint64_t place, tcp::socket taken)
        : parts(std::move(owner)), number(place), socket(std::move(taken)) {
        parts->drops[number] = [this] {
            error_code ignored; // closed already, if at all
            socket.close(ignored);
            gone = true;
            if (give_up) {
                give_up();
            }
        };
    }

    ~Talk() {
        parts->drops[number] = nullptr;
    }

    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;

    [[nodiscard]] const ServerLimits& limits() const {
        return parts->options.limits;
    }

    std::shared_ptr<ServerParts> parts;
    std::uint64_t number;
    tcp::socket socket;
    boost::beast::flat_buffer buffer;
    std::optional<Parser> parser; // of the request at hand
    RequestHead head;
    std::optional<Response> answer;
    std::function<void()> give_up; // ends a wait for the program
    bool gone = false;             // no byte goes either way any more
    bool last = false;             // the connection is closed after this answer
    bool unread = false;           // bytes of the request may still come
    bool upgrade = false;          // a WebSocket from here on
};

void refuse(Talk& talk, Response response) {
    talk.answer = std::move(response);
    talk.last = true;
    talk.unread = true;
}

bool is_grammar(const error_code& error) {
    return error.category() == http::make_error_code(http::error::bad_target).category();
}

// What to answer where a request could not be read; nothing where nobody is there to be told.
void refuse_unread(Talk& talk, const error_code& error, bool late) {
    if (late) {
        refuse(talk, problem({408, "Request timeout", "the request did not end in time", ""}));
    } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        const std::string limit = std::to_string(head_bytes_max);
        refuse(
            talk, problem({431, "Head too large", "a head has at most " + limit + " bytes", ""}));
    } else if (error == http::error::body_limit) {
        refuse(talk, problem({413, "Body too large", "this is more than any request brings", ""}));
    } else if (is_grammar(error) && error != http::error::end_of_stream) {
        refuse(talk, problem({400, "Bad request", "this is not HTTP/1.1: " + error.message(), ""}));
    } else {
        talk.gone = true;
    }
}

Method method_of(http::verb verb) {
    switch (static_cast<unsigned>(verb)) {
    case static_cast<unsigned>(http::verb::get):
        return Method::get;
    case static_cast<unsigned>(http::verb::head):
        return Method::head;
    case static_cast<unsigned>(http::verb::post):
        return Method::post;
    default:
        return Method::other;
    }
}

std::vector<std::string> values_of(const http::fields& fields, http::field name) {
    std::vector<std::string> values;
    const auto range = fields.equal_range(name);
    for (auto field = range.first; field != range.second; ++field) {
        values.emplace_back(field->value());
    }
    return values;
}

std::string value_of(const http::fields& fields, std::string_view name) {
    const auto found = fields.find(boost::beast::string_view(name.data(), name.size()));
    return found == fields.end() ? std::string() : std::string(found->value());
}

// "gzip" among the codings, and not as one that is refused (q=0).
bool takes_gzip(std::string_view accept) {
    const std::size_t at = accept.find("gzip");
    if (at == std::string_view::npos) {
        return false;
    }
    const std::string_view rest = accept.substr(at + 4, accept.find(',', at) - at - 4);
    return rest.find("q=0") == std::string_view::npos
           || rest.find("q=0.") != std::string_view::npos;
}

// Fills in talk.head, or refuses.
void take_head(Talk& talk) {
    const auto& message = talk.parser->get();
    const boost::beast::string_view asked = message.target();
    auto target = parse_target(std::string_view(asked.data(), asked.size()));
    if (!target) {
        refuse(talk, problem({400, "Bad request", "the request target is not a plain path", ""}));
        return;
    }
    talk.head.method = method_of(message.method());
    talk.head.path = std::move(target->path);
    talk.head.query = std::move(target->query);
    talk.head.hosts = values_of(message, http::field::host);
    talk.head.origins = values_of(message, http::field::origin);
    talk.head.content_type = value_of(message, "Content-Type");
    talk.head.idempotency_key = value_of(message, "Idempotency-Key");
    talk.head.if_none_match = value_of(message, "If-None-Match");
    talk.head.accepts_gzip = takes_gzip(value_of(message, "Accept-Encoding"));
    talk.head.websocket = boost::beast::websocket::is_upgrade(message);
    talk.last = !message.keep_alive();
}

// What can be said before the body is read.
void judge_head(Talk& talk) {
    const std::uint64_t limit = body_bytes_max(talk.head);
    const std::uint64_t announced = talk.parser->content_length().value_or(0);
    if (auto refusal = refusal_of(talk.head, talk.parts->options.guard)) {
        refuse(talk, std::move(*refusal));
    } else if (talk.head.websocket) {
        auto no = talk.parts->routes.refusal_of_live(talk.head);
        talk.upgrade = !no;
        if (no) {
            refuse(talk, std::move(*no));
        }
    } else if (announced > limit) {
        const std::string most = std::to_string(limit);
        refuse(
            talk,
            problem({413, "Body too large", "a body here has at most " + most + " bytes", ""}));
    } else if (limit > json_bytes_max && talk.parts->uploads >= talk.limits().uploads) {
        refuse(talk, problem({503, "Busy", "other pictures are being read; try again soon", ""}));
    }
}

// An idle connection may stay open longer than a request may take.
asio::awaitable<void> await_request(Talk& talk) {
    const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().idle_time);
    const auto space = talk.buffer.prepare(first_read_bytes);
    const auto [error, size] = co_await talk.socket.async_read_some(space, as_result);
    talk.buffer.commit(size);
    talk.gone = talk.gone || error;
}

asio::awaitable<void> read_head(Talk& talk) {
    talk.parser.emplace();
    talk.parser->header_limit(static_cast<std::uint32_t>(head_bytes_max));
    talk.parser->body_limit(picture_bytes_max);
    const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().header_time);
    Parser& parser = *talk.parser;
    const auto [error, size] =
        co_await http::async_read_header(talk.socket, talk.buffer, parser, as_result);
    if (talk.gone) {
        co_return;
    }
    if (error) {
        refuse_unread(talk, error, deadline.passed());
        co_return;
    }
    if (size > head_bytes_max) { // the parser's own limit leaves out the first line
        refuse_unread(talk, http::error::header_limit, false);
        co_return;
    }
    take_head(talk);
    if (!talk.answer) {
        judge_head(talk);
    }
}

// For clients (curl) that hold a large body back until they are told to go on.
asio::awaitable<void> tell_to_continue(Talk& talk) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().send_time);
    const auto bytes = asio::buffer(go_on);
    const auto [error, size] = co_await asio::async_write(talk.socket, bytes, as_result);
    talk.gone = talk.gone || error;
}

asio::awaitable<void> read_body(Talk& talk) {
    const std::uint64_t limit = body_bytes_max(talk.head);
    talk.parser->body_limit(limit);
    const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().body_time);
    Parser& parser = *talk.parser;
    const auto [error, size] =
        co_await http::async_read(talk.socket, talk.buffer, parser, as_result);
    if (error && !talk.gone) {
        refuse_unread(talk, error, deadline.passed());
    }
}

// Asks the routes, and waits until they answer. A commit that is late is not undone by that: the
// page asks again with the same key.
asio::awaitable<void> ask_routes(Talk& talk) {
    const auto pending = std::make_shared<Pending<Response>>(talk.parts->executor);
    auto give_up = [pending] {
        pending->given_up = true;
        pending->wakeup.notify();
    };
    auto respond = [pending](Response response) {
        pending->answer = std::move(response);
        pending->wakeup.notify();
    };
    const loop::Alarm alarm = talk.parts->clock.after(talk.limits().answer_time, give_up);
    talk.give_up = give_up;
    Request request;
    request.head = talk.head;
    request.body = std::move(talk.parser->get().body());
    talk.parts->routes.answer(request, std::move(respond));
    while (!pending->answer && !pending->given_up) {
        co_await pending->wakeup.wait();
    }
    talk.give_up = nullptr;
    talk.answer = std::move(pending->answer);
    if (!talk.answer) {
        talk.answer =
            problem({504, "Not answered in time", "it may still be recorded; ask again", ""});
        talk.last = true;
    }
}

std::string_view bytes_of(const Response& response) {
    return response.file ? std::string_view(*response.file) : std::string_view(response.body);
}

Message message_of(const Talk& talk) {
    const Response& response = *talk.answer;
    const std::string_view bytes = bytes_of(response);
    Message message(static_cast<http::status>(response.status), 11);
    for (const Headers* headers : {&strict_headers(), &response.headers}) {
        for (const auto& [name, value] : *headers) {
            message.set(
                boost::beast::string_view(name.data(), name.size()),
                boost::beast::string_view(value.data(), value.size()));
        }
    }
    message.keep_alive(!talk.last);
    if (response.stream) {
        message.chunked(true);
    } else if (response.status != 304) {
        message.content_length(bytes.size());
    }
    const bool bare = talk.head.method == Method::head || response.status == 304;
    if (!bare) {
        message.body() = boost::beast::span<const char>(bytes.data(), bytes.size());
    }
    return message;
}

// The parts of a download, each in a chunk. Broken off without the last chunk, it is incomplete
// for every client.
asio::awaitable<void> send_parts(Talk& talk) {
    const ExportStream& stream = *talk.answer->stream;
    bool more = true;
    while (more && !talk.gone) {
        const auto pending = std::make_shared<Pending<Result<std::string>>>(talk.parts->executor);
        auto give_up = [pending] {
            pending->given_up = true;
            pending->wakeup.notify();
        };
        auto take = [pending](Result<std::string> part) {
            pending->answer = std::move(part);
            pending->wakeup.notify();
        };
        talk.give_up = give_up;
        const loop::Alarm alarm = talk.parts->clock.after(talk.limits().answer_time, give_up);
        stream.next(std::move(take));
        while (!pending->answer && !pending->given_up) {
            co_await pending->wakeup.wait();
        }
        talk.give_up = nullptr;
        if (!pending->answer || !*pending->answer) {
            talk.gone = true;
            co_return;
        }
        const std::string& part = **pending->answer;
        more = !part.empty();
        const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().send_time);
        // A chunk is its size in hexadecimal, the bytes, and line ends around (RFC 9112, 7.1).
        const auto chunk = http::make_chunk(asio::buffer(part));
        const auto end = http::make_chunk_last();
        if (more) {
            const auto [error, size] = co_await asio::async_write(talk.socket, chunk, as_result);
            talk.gone = talk.gone || error;
        } else {
            const auto [error, size] = co_await asio::async_write(talk.socket, end, as_result);
            talk.gone = talk.gone || error;
        }
    }
}

asio::awaitable<void> send_answer(Talk& talk) {
    ++talk.parts->routes.http().answers_by_status[talk.answer->status];
    Message message = message_of(talk);
    http::response_serializer<http::span_body<const char>> serializer(message);
    const bool head_only =
        talk.answer->stream || talk.head.method == Method::head || talk.answer->status == 304;
    const Deadline deadline(talk.parts->clock, talk.socket, talk.limits().send_time);
    error_code failed;
    if (head_only) {
        const auto [error, size] =
            co_await http::async_write_header(talk.socket, serializer, as_result);
        failed = error;
    } else {
        const auto [error, size] = co_await http::async_write(talk.socket, serializer, as_result);
        failed = error;
    }
    talk.gone = talk.gone || failed;
}

// Closes so that the last answer arrives.
asio::awaitable<void> close_gently(Talk& talk) {
    error_code ended;
    talk.socket.shutdown(tcp::socket::shutdown_send, ended);
    const Deadline deadline(talk.parts->clock, talk.socket, linger_time);
    talk.buffer.clear();
    const auto space = talk.buffer.prepare(first_read_bytes);
    while (talk.unread && !ended && !deadline.passed()) {
        const auto [error, size] = co_await talk.socket.async_read_some(space, as_result);
        ended = error;
    }
    talk.socket.close(ended);
}

// Counts the bodies of pictures that are in memory.
class Upload {
public:
    Upload(ServerParts& parts, const RequestHead& head)
        : parts_(parts), counts_(body_bytes_max(head) > json_bytes_max ? 1U : 0U) {
        parts_.uploads += counts_;
    }

    ~Upload() {
        parts_.uploads -= counts_;
    }

    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

private:
    ServerParts& parts_;
    std::size_t counts_;
};

// The body, the program's answer, or the refusal of one.
asio::awaitable<void> handle(Talk& talk) {
    const Upload upload(*talk.parts, talk.head);
    const bool held_back = value_of(talk.parser->get(), "Expect") == "100-continue";
    if (held_back && !talk.parser->is_done()) {
        co_await tell_to_continue(talk);
    }
    if (!talk.gone) {
        co_await read_body(talk);
    }
    if (!talk.gone && !talk.answer) {
        co_await ask_routes(talk);
    }
    if (talk.answer && talk.answer->stream && talk.parser->get().version() < 11) {
        refuse(talk, problem({505, "HTTP version", "a download needs HTTP/1.1", ""}));
    }
}

asio::awaitable<void> serve_request(Talk& talk) {
    talk.answer.reset();
    talk.head = RequestHead{};
    if (talk.buffer.size() == 0) {
        co_await await_request(talk);
    }
    if (!talk.gone) {
        co_await read_head(talk);
    }
    if (!talk.gone && !talk.answer && !talk.upgrade) {
        co_await handle(talk);
    }
    if (!talk.gone && talk.answer) {
        co_await send_answer(talk);
    }
    if (!talk.gone && talk.answer && talk.answer->stream) {
        co_await send_parts(talk);
    }
}

} // namespace

asio::awaitable<void>
serve_http(std::shared_ptr<ServerParts> parts, std::uint64_t number, tcp::socket socket) {
    Talk talk(parts, number, std::move(socket));
    bool open = true;
    while (open) {
        co_await serve_request(talk);
        open = !talk.gone && !talk.last && !talk.upgrade && !parts->stopped;
    }
    if (!talk.gone && talk.upgrade) {
        std::string station = parts->routes.shown_station(talk.head);
        UpgradeRequest request = talk.parser->release();
        tcp::socket upgraded = std::move(talk.socket);
        co_await serve_live(
            parts, number, std::move(upgraded), std::move(request), std::move(station));
        co_return;
    }
    if (!talk.gone) {
        co_await close_gently(talk);
    }
}

} // namespace cartwatch::web
