// How much of what is photographed is read, by each engine and by all together; outside of ctest.
// Goals: no abort that reaches a caller, nothing read that is not there, 60 ms from a photograph of
// two megapixels to the answer. Each engine looks at each picture in a process of its own.
#include "daemon/scanners/picture_decoder.hpp"
#include "scanner/pictures/dmtx.hpp"
#include "scanner/pictures/symbols.hpp"
#include "scanner/pictures/zbar.hpp"
#include "scanner/wire/picture_answer.hpp"
#include "tests/bench/photos.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <set>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cartwatch;
using namespace cartwatch::photos;
using std::chrono_literals::operator""ms;
using Clock = std::chrono::steady_clock;

namespace {

std::vector<Symbol> symbols_of(std::vector<pictures::FoundSymbol> found) {
    std::vector<Symbol> symbols;
    for (pictures::FoundSymbol& one : found) {
        symbols.push_back(std::move(one.symbol));
    }
    return symbols;
}

struct Engine {
    const char* name;
    std::function<std::vector<Symbol>(const Luminance&)> read;
};

const std::array<Engine, 6> engines{{
    {"zxing",
     [](const Luminance& picture) {
         return symbols_of(pictures::zxing_symbols(
             picture, {0, 0, picture.width, picture.height}, pictures::Search::all_but_databar));
     }},
    {"zbar", [](const Luminance& picture) { return symbols_of(pictures::zbar_symbols(picture)); }},
    {"dmtx",
     [](const Luminance& picture) { return symbols_of(pictures::dmtx_symbols(picture, 250ms)); }},
    {"first",
     [](const Luminance& picture) {
         return pictures::find_symbols(picture, {false, false, false, false});
     }},
    {"+second",
     [](const Luminance& picture) {
         return pictures::find_symbols(picture, {true, true, false, false});
     }},
    {"all", [](const Luminance& picture) { return pictures::find_symbols(picture); }},
}};

struct Outcome {
    std::vector<Symbol> symbols;
    bool died = false;
    double ms = 0;
};

// The answer over a pipe, so that an engine may die of its picture.
Outcome read_apart(const Engine& engine, const Luminance& picture) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        std::abort();
    }
    const auto begun = Clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        (void)!::freopen("/dev/null", "w", stderr);
        const std::string line = wire::to_picture_answer(engine.read(picture));
        _exit(::write(ends[1], line.data(), line.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string line;
    std::array<char, 65536> chunk{};
    for (ssize_t got = 0; (got = ::read(ends[0], chunk.data(), chunk.size())) > 0;) {
        line.append(chunk.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    Outcome outcome;
    outcome.ms = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    auto symbols = wire::parse_picture_answer(line);
    outcome.died = status != 0 || !symbols;
    if (symbols) {
        outcome.symbols = std::move(*symbols);
    }
    return outcome;
}

struct Sum {
    int wanted = 0;
    int right = 0;
    int wrong = 0;
    int died = 0;
    double ms = 0;
    int pictures = 0;
};

using Sums = std::array<Sum, engines.size()>;

// zbar reads no Data Matrix, and libdmtx nothing else.
constexpr std::size_t zbar_place = 1;
constexpr std::size_t dmtx_place = 2;
constexpr std::size_t none_left_out = engines.size();

void look(
    const Luminance& picture,
    const std::multiset<std::string>& expected,
    Sums& sums,
    std::size_t left_out = none_left_out) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
        if (i == left_out) {
            continue;
        }
        const Outcome outcome = read_apart(engines[i], picture);
        Sum& sum = sums[i];
        sum.wanted += static_cast<int>(expected.size());
        sum.died += outcome.died ? 1 : 0;
        sum.ms += outcome.ms;
        ++sum.pictures;
        std::multiset<std::string> left = expected;
        for (const Symbol& symbol : outcome.symbols) {
            const auto found = left.find(symbol.symbology + symbol.text);
            if (found != left.end()) {
                left.erase(found);
                ++sum.right;
            } else {
                ++sum.wrong;
                std::fprintf(
                    stderr,
                    "%s read: %s%s\n",
                    engines[i].name,
                    symbol.symbology.c_str(),
                    symbol.text.c_str());
            }
        }
    }
}

void print_row(const char* name, const Sums& sums) {
    std::printf("| %-46s", name);
    for (const Sum& sum : sums) {
        if (sum.pictures == 0) {
            std::printf("| %-17s", "");
            continue;
        }
        std::printf("| %3d/%-3d %5.0f ms ", sum.right, sum.wanted, sum.ms / sum.pictures);
    }
    std::printf("|\n");
    std::fflush(stdout);
}

struct Code {
    const char* name;
    Kind kind;
    std::string data;
    std::string text;
};

const std::array<Code, 4> codes{{
    {"GS1 DataMatrix",
     Kind::gs1_data_matrix,
     "[01]09521234543213[17]261231[10]ABC123[21]SN0001",
     "]d201095212345432131726123110ABC123\x1D"
     "21SN0001"},
    {"GS1-128",
     Kind::gs1_128,
     "[01]09521234543213[17]261231[10]ABC123",
     "]C101095212345432131726123110ABC123"},
    {"EAN-13", Kind::ean_13, "690123456789", "]E06901234567892"},
    {"QR",
     Kind::qr,
     "https://example.org/01/09521234543213",
     "]Q1https://example.org/01/09521234543213"},
}};

struct Trial {
    const char* name;
    std::vector<View> views;
};

View seen(double module_px, double degrees = 0, double blur = 0, double contrast = 1) {
    View view;
    view.module_px = module_px;
    view.degrees = degrees;
    view.blur_px = blur;
    view.contrast = contrast;
    return view;
}

View noisy(double noise) {
    View view;
    view.module_px = 3;
    view.noise = noise;
    return view;
}

View bent(double cylinder, double degrees) {
    View view;
    view.cylinder = cylinder;
    view.degrees = degrees;
    return view;
}

std::vector<Trial> trials() {
    std::vector<Trial> all{
        {"1.5 px a module", {seen(1.5), seen(1.5, 7), seen(1.6), seen(1.7, 3)}},
        {"2 px", {seen(2), seen(2, 7), seen(2.2), seen(2.3, 3)}},
        {"3 px", {seen(3), seen(3, 7), seen(2.8), seen(3.2, 3)}},
        {"4 px", {seen(4), seen(4, 7), seen(3.7), seen(4.2, 3)}},
        {"turned 5 to 45 degrees", {seen(3, 5), seen(3, 17), seen(3, 30), seen(3, 45)}},
        {"turned a quarter and more", {seen(3, 90), seen(3, 133), seen(3, 180), seen(3, 250)}},
        {"blur of 0.3 to 0.6 modules",
         {seen(3, 4, 1), seen(3, 4, 1.4), seen(4, 9, 1.8), seen(4, 9, 2.4)}},
        {"contrast 40 to 12 %",
         {seen(3, 4, 0, 0.4), seen(3, 4, 0, 0.25), seen(3, 9, 0, 0.18), seen(3, 9, 0, 0.12)}},
        {"noise of 10 to 40", {noisy(10), noisy(20), noisy(30), noisy(40)}},
        {"round a bottle, 30 to 60 degrees",
         {bent(30, 0), bent(40, 10), bent(50, 0), bent(60, 90)}},
    };
    return all;
}

// Wide enough for a GS1-128 of 220 modules at four pixels each.
constexpr int width = 1100;
constexpr int height = 760;

void measure_single(const Code& code, Sums& all) {
    const std::size_t left_out = code.kind == Kind::gs1_data_matrix ? zbar_place : dmtx_place;
    unsigned seed = 1;
    for (const Trial& trial : trials()) {
        Sums sums{};
        for (const View& view : trial.views) {
            const Placed symbol{code.kind, code.data, 530, 380};
            look(photo(width, height, {symbol}, view, seed++), {code.text}, sums, left_out);
        }
        print_row((std::string(code.name) + ", " + trial.name).c_str(), sums);
        for (std::size_t i = 0; i < sums.size(); ++i) {
            all[i].right += sums[i].right;
            all[i].wanted += sums[i].wanted;
            all[i].wrong += sums[i].wrong;
            all[i].died += sums[i].died;
            all[i].ms += sums[i].ms;
            all[i].pictures += sums[i].pictures;
        }
    }
}

void measure_several(Sums& sums) {
    for (unsigned seed = 0; seed < 10; ++seed) {
        std::vector<Placed> placed;
        std::multiset<std::string> expected;
        for (std::size_t i = 0; i < codes.size(); ++i) {
            const int x = 320 + 640 * static_cast<int>(i % 2);
            const int y = 190 + 340 * static_cast<int>(i / 2);
            placed.push_back({codes[i].kind, codes[i].data, x, y});
            expected.insert(codes[i].text);
        }
        look(photo(1280, 720, placed, seen(2 + 0.1 * seed, 3.0 * seed, 0.5), seed), expected, sums);
    }
}

void measure_nothing(Sums& sums) {
    for (const Nothing what :
         {Nothing::noise,
          Nothing::coarse_noise,
          Nothing::stripes,
          Nothing::checkers,
          Nothing::print,
          Nothing::cut_symbols}) {
        for (unsigned seed = 0; seed < 12; ++seed) {
            look(nothing(what, 640, 480, seed), {}, sums);
        }
    }
}

// Of all children that have ended.
double child_cpu_ms() {
    rusage usage{};
    ::getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

// From the file's bytes to the answer of the decoding process.
void measure_time(const char* name, const drawing::Bytes& picture, std::size_t expected) {
    scanners::DecoderSettings settings;
    settings.program = CARTWATCH_SCANNER_PROGRAM;
    const double used_before = child_cpu_ms();
    auto decoder = std::make_unique<scanners::PictureDecoder>(settings);
    std::vector<double> times;
    for (int i = 0; i < 25; ++i) {
        const auto begun = Clock::now();
        const auto symbols = decoder->decode(picture);
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
        if (!symbols || symbols->size() != expected) {
            std::printf("%s: not read as it should be\n", name);
            std::exit(1);
        }
    }
    decoder.reset(); // ends the child, whose processor time is known then
    std::sort(times.begin(), times.end());
    std::printf(
        "%s, %zu kB: best %.1f ms, median %.1f ms of %zu; %.1f ms of processor time each\n",
        name,
        picture.size() / 1024,
        times.front(),
        times[times.size() / 2],
        times.size(),
        (child_cpu_ms() - used_before) / static_cast<double>(times.size()));
}

void measure_times() {
    const auto& matrix = codes[0];
    const Luminance pack_photo = pack(1920, 1080, matrix.data, "690123456789", 7);
    measure_time("2-megapixel photograph of a pack", drawing::to_jpeg(pack_photo), 2);
    const Placed alone{matrix.kind, matrix.data, 700, 400};
    const Luminance alone_photo = photo(1920, 1080, {alone}, seen(3, 11, 0.6), 3);
    measure_time("2-megapixel photograph of one Data Matrix", drawing::to_jpeg(alone_photo), 1);
    const Luminance empty = photo(1920, 1080, {}, View{}, 3);
    measure_time("2-megapixel photograph of nothing", drawing::to_jpeg(empty), 0);
}

void print_faults(const char* about, const Sums& sums) {
    for (std::size_t i = 0; i < engines.size(); ++i) {
        std::printf(
            "%s, %s: %d pictures, %d wrongly read, %d died\n",
            about,
            engines[i].name,
            sums[i].pictures,
            sums[i].wrong,
            sums[i].died);
    }
}

int measure_rates() {
    std::printf("| %-46s", "pictures");
    for (const Engine& engine : engines) {
        std::printf("| %-17s", engine.name);
    }
    std::printf("|\n");
    Sums all{};
    for (const Code& code : codes) {
        measure_single(code, all);
    }
    Sums several{};
    measure_several(several);
    print_row("four symbols on one picture", several);
    print_row("all of one symbol", all);
    print_faults("one symbol", all);
    print_faults("four symbols", several);
    return all.back().wrong + several.back().wrong;
}

int measure_false_reads() {
    Sums none{};
    measure_nothing(none);
    print_faults("no code", none);
    return none.back().wrong;
}

} // namespace

// decode_bench [times | rates | nothing]: all three where none is named.
int main(int count, char** arguments) {
    const std::string part = count > 1 ? arguments[1] : "";
    int wrong = 0;
    if (part.empty() || part == "times") {
        measure_times();
    }
    if (part.empty() || part == "rates") {
        wrong += measure_rates();
    }
    if (part.empty() || part == "nothing") {
        wrong += measure_false_reads();
    }
    return wrong == 0 ? 0 : 1;
}
