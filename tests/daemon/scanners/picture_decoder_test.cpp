// Goal: whatever happens to the decoding child, its caller gets one clear answer and lives.
#include "daemon/scanners/picture_decoder.hpp"
#include "daemon/scanners/picture_service.hpp"
#include "tests/scanner/pictures/drawing.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

#include <csignal>
#include <thread>

namespace cartwatch::picture_decoder_test {

using namespace cartwatch::scanners;
using std::chrono_literals::operator""ms;

namespace {

DecoderSettings real_decoder() {
    DecoderSettings settings;
    settings.program = CARTWATCH_SCANNER_PROGRAM;
    return settings;
}

drawing::Bytes ean_picture() {
    return drawing::to_png(drawing::symbol(drawing::Kind::ean_13, "690123456789"));
}

// 12 megapixels take long enough to be killed in the middle.
drawing::Bytes slow_picture() {
    static const drawing::Bytes bytes = drawing::to_png(drawing::paper(4000, 3000));
    return bytes;
}

// Ends the child once it has taken processor time, that is: while it decodes.
void kill_when_busy(pid_t child, int signal) {
    while (::getpgid(child) >= 0) {
        std::ifstream stat("/proc/" + std::to_string(child) + "/stat");
        std::string word;
        for (int i = 0; i < 14; ++i) {
            stat >> word;
        }
        if (!word.empty() && word != "0" && std::stol(word) >= 5) {
            ::kill(child, signal);
            return;
        }
        std::this_thread::yield();
    }
}

} // namespace

TEST_CASE("the child decodes one picture after another") {
    PictureDecoder decoder(real_decoder());
    for (int i = 0; i < 3; ++i) {
        const auto symbols = decoder.decode(ean_picture());
        REQUIRE(symbols.has_value());
        REQUIRE(symbols->size() == 1);
        CHECK(symbols->front().text == "6901234567892");
    }
}

TEST_CASE("a bad picture is the picture's fault, and the same child goes on") {
    PictureDecoder decoder(real_decoder());
    REQUIRE(decoder.decode(ean_picture()).has_value());
    const pid_t child = decoder.child();

    auto cut = slow_picture();
    cut.resize(cut.size() / 2);
    const auto outcome = decoder.decode(cut);
    const auto empty = decoder.decode({});

    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::bad_input);
    REQUIRE_FALSE(empty.has_value());
    CHECK(empty.error().code == ErrorCode::bad_input);
    CHECK(decoder.decode(ean_picture()).has_value());
    CHECK(decoder.child() == child);
}

TEST_CASE("a picture over 32 MiB is refused without a child") {
    PictureDecoder decoder(real_decoder());
    const auto outcome = decoder.decode(drawing::Bytes(picture_bytes_max + 1));
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::too_large);
    CHECK(decoder.child() == 0);
}

TEST_CASE("a child killed in the middle of a picture costs that picture at most") {
    const int signal = GENERATE(SIGKILL, SIGABRT);
    PictureDecoder decoder(real_decoder());
    REQUIRE(decoder.decode(ean_picture()).has_value());
    const pid_t first = decoder.child();

    std::thread killer([&] { kill_when_busy(first, signal); });
    const auto outcome = decoder.decode(slow_picture());
    killer.join();

    // It was not the child's first picture, so it was asked again of a new one.
    REQUIRE(outcome.has_value());
    CHECK(outcome->empty());
    CHECK(decoder.child() != first);
}

TEST_CASE("a picture that aborts its child is refused once, and the next picture is read") {
    support::TemporaryFolder folder;
    DecoderSettings settings = real_decoder();
    settings.program = folder.script("aborts", "head -c 4 >/dev/null; kill -ABRT $$");
    PictureDecoder decoder(settings);

    const auto outcome = decoder.decode(ean_picture());

    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::unavailable);
    CHECK_THAT(outcome.error().text, Catch::Contains("signal 6"));
    CHECK(decoder.child() == 0);
}

TEST_CASE("a child that never answers is ended at the deadline") {
    support::TemporaryFolder folder;
    DecoderSettings settings = real_decoder();
    settings.deadline = 200ms;
    const auto body = GENERATE("exec cat >/dev/null", "exec sleep 1000", "exec yes nothing-of-use");
    settings.program = folder.script("hangs", body);
    PictureDecoder decoder(settings);

    const auto outcome = decoder.decode(slow_picture());

    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::unavailable);
    CHECK(decoder.child() == 0);
}

TEST_CASE("a decoder that is not installed is named") {
    DecoderSettings settings;
    settings.program = "/nowhere/cartwatch-scanner";
    const auto outcome = PictureDecoder(settings).decode(ean_picture());
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::not_found);
    CHECK_THAT(outcome.error().text, Catch::Contains("/nowhere/cartwatch-scanner"));
}

TEST_CASE("on the event loop pictures are answered in order, and too many are refused") {
    boost::asio::io_context loop;
    PictureService service(loop.get_executor(), real_decoder());
    std::vector<std::string> answers;
    for (int i = 0; i < 7; ++i) {
        service.decode(ean_picture(), [&answers](const Result<std::vector<Symbol>>& symbols) {
            answers.push_back(symbols ? symbols->at(0).text : symbols.error().text);
        });
    }
    CHECK(answers.empty());

    loop.run();

    REQUIRE(answers.size() == 7);
    CHECK(std::count(answers.begin(), answers.end(), "6901234567892") == 5);
    CHECK_THAT(answers[0], Catch::Contains("too many pictures"));
}

TEST_CASE("on the event loop a dead or silent child costs one picture") {
    support::TemporaryFolder folder;
    boost::asio::io_context loop;
    DecoderSettings settings = real_decoder();
    settings.deadline = 200ms;
    const auto body = GENERATE("exec cat >/dev/null", "kill -ABRT $$", "exec yes", "exit 0");
    settings.program = folder.script("faulty", body);
    PictureService service(loop.get_executor(), settings);
    std::vector<ErrorCode> answers;
    for (int i = 0; i < 3; ++i) {
        service.decode(slow_picture(), [&answers](const Result<std::vector<Symbol>>& symbols) {
            REQUIRE_FALSE(symbols.has_value());
            answers.push_back(symbols.error().code);
        });
    }

    loop.run();

    CHECK(answers == std::vector<ErrorCode>(3, ErrorCode::unavailable));
}

TEST_CASE("on the event loop a child killed in a later picture is replaced") {
    boost::asio::io_context loop;
    PictureService service(loop.get_executor(), real_decoder());
    int answered = 0;
    std::thread killer;
    service.decode(ean_picture(), [&](const Result<std::vector<Symbol>>& first) {
        CHECK(first.has_value());
        ++answered;
        killer = std::thread([child = service.child()] { kill_when_busy(child, SIGKILL); });
    });
    service.decode(slow_picture(), [&](const Result<std::vector<Symbol>>& second) {
        CHECK(second.has_value());
        ++answered;
    });

    loop.run();
    killer.join();

    CHECK(answered == 2);
}

TEST_CASE("a service that is dropped with pictures in work ends its child") {
    boost::asio::io_context loop;
    pid_t child = 0;
    {
        PictureService service(loop.get_executor(), real_decoder());
        service.decode(slow_picture(), [](const Result<std::vector<Symbol>>&) { FAIL(); });
        loop.run_one();
        child = service.child();
        REQUIRE(child > 0);
    }
    loop.run();
    CHECK(::kill(child, 0) == -1);
}

} // namespace cartwatch::picture_decoder_test
