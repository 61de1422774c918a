// How much of what is photographed is read, by each engine and by all together; outside of ctest.
// Goals: no abort that reaches a caller, nothing read that is not there, 60 ms from a photograph of
// two megapixels to the answer, of processor time. Each engine looks at each picture in a process
// of its own.
#include "daemon/scanners/picture_decoder.hpp"
#include "tests/bench/engines.hpp"
#include "tests/bench/photos.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>

#include <unistd.h>

using namespace cartwatch;
using namespace cartwatch::photos;
using Clock = std::chrono::steady_clock;

namespace {

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

// What else is on packs and devices: a row for each kind of damage.
const std::array<Code, 8> more_codes{{
    {"DataBar stacked", Kind::databar_stacked, "0952123454321", "]e00109521234543213"},
    {"DataBar Expanded",
     Kind::databar_expanded,
     "[01]09521234543213[17]261231[10]ABC123",
     "]e001095212345432131726123110ABC123"},
    {"Code 39 (PZN)", Kind::pzn, "0375286", "]A0-03752864"},
    {"ITF-14", Kind::itf_14, "0952123454321", "]I109521234543213"},
    {"Code 128", Kind::code_128, "80217610012345678901", "]C080217610012345678901"},
    {"HIBC Data Matrix",
     Kind::hibc_data_matrix,
     "A99912345/$$3280930LOT7G",
     "]d1+A99912345/$$3280930LOT7GW"},
    {"HIBC Code 128", Kind::hibc_128, "A99912345", "]C0+A999123457"},
    {"HIBC Code 39", Kind::hibc_39, "A99912345", "]A0+A999123457"},
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

// The trials of the first four codes, several in one row.
std::vector<Trial> fewer_trials() {
    const std::vector<Trial> all = trials();
    const auto together = [&](const char* name, std::size_t first, std::size_t last) {
        Trial one{name, {}};
        for (std::size_t i = first; i <= last; ++i) {
            one.views.insert(one.views.end(), all[i].views.begin(), all[i].views.end());
        }
        return one;
    };
    return {
        together("1.5 to 4 px a module", 0, 3),
        together("turned 5 to 250 degrees", 4, 5),
        together("blur, low contrast, noise", 6, 8),
        together("round a bottle", 9, 9)};
}

bool is_data_matrix(Kind kind) {
    return kind == Kind::gs1_data_matrix || kind == Kind::hibc_data_matrix;
}

void measure_single(const Code& code, const std::vector<Trial>& trials, Sums& all) {
    const std::size_t left_out = is_data_matrix(code.kind) ? zbar_place : dmtx_place;
    unsigned seed = 1;
    for (const Trial& trial : trials) {
        Sums sums{};
        for (const View& view : trial.views) {
            const Placed symbol{code.kind, code.data, 530, 380};
            look(photo(width, height, {symbol}, view, seed++), {code.text}, sums, left_out);
        }
        print_row((std::string(code.name) + ", " + trial.name).c_str(), sums);
        add_up(all, sums);
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

std::vector<Code> all_codes() {
    std::vector<Code> all(codes.begin(), codes.end());
    all.insert(all.end(), more_codes.begin(), more_codes.end());
    return all;
}

// Every kind on a label amid black print.
void measure_among_print(Sums& all) {
    const std::vector<Trial> trials{
        {"black", {seen(2, 4), seen(3, 20)}},
        {"blurred", {seen(3, 4, 1), seen(2, 7, 0.8)}},
        {"faded to 25 and 12 %", {seen(3, 4, 0, 0.25), seen(3, 9, 0, 0.12)}}};
    unsigned seed = 1;
    for (const Trial& trial : trials) {
        Sums sums{};
        for (const Code& code : all_codes()) {
            for (const View& view : trial.views) {
                const Placed symbol{code.kind, code.data, 530, 380};
                look(among_print(width, height, symbol, view, seed++), {code.text}, sums);
            }
        }
        print_row((std::string("all kinds amid print, ") + trial.name).c_str(), sums);
        add_up(all, sums);
    }
}

// Every kind beside two others.
void measure_pairs(Sums& sums) {
    const std::vector<Code> all = all_codes();
    unsigned seed = 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const std::size_t further : {std::size_t{1}, std::size_t{5}}) {
            const Code& other = all[(i + further) % all.size()];
            const std::vector<Placed> placed{
                {all[i].kind, all[i].data, 380, 190}, {other.kind, other.data, 800, 560}};
            for (const View& view : {seen(2.5, 4, 0.5), seen(2.5, 30)}) {
                look(photo(1280, 760, placed, view, seed++), {all[i].text, other.text}, sums);
            }
        }
    }
}

void measure_nothing(Sums& sums) {
    for (const Nothing what :
         {Nothing::noise,
          Nothing::coarse_noise,
          Nothing::stripes,
          Nothing::checkers,
          Nothing::print,
          Nothing::cut_symbols,
          Nothing::half_bars}) {
        const unsigned pictures = what == Nothing::half_bars ? 60 : 12;
        for (unsigned seed = 0; seed < pictures; ++seed) {
            look(nothing(what, 640, 480, seed), {}, sums);
        }
    }
}

// The one child that this process has.
pid_t only_child() {
    const std::string task = std::to_string(::getpid());
    std::ifstream children("/proc/self/task/" + task + "/children");
    pid_t child = 0;
    if (!(children >> child)) {
        std::puts("the decoding process is not to be found");
        std::exit(1);
    }
    return child;
}

double cpu_ms_of(pid_t process) {
    clockid_t clock = 0;
    timespec used{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
        std::puts("the processor time of the decoding process is not to be had");
        std::exit(1);
    }
    return static_cast<double>(used.tv_sec) * 1000 + static_cast<double>(used.tv_nsec) / 1e6;
}

void print_times(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf(
        " %s best %.1f ms, median %.1f ms, worst %.1f ms;",
        what,
        times.front(),
        times[times.size() / 2],
        times.back());
}

// From the file's bytes to the answer of the decoding process, which has read one before.
void measure_time(const char* name, const drawing::Bytes& picture, std::size_t expected) {
    scanners::DecoderSettings settings;
    settings.program = CARTWATCH_SCANNER_PROGRAM;
    scanners::PictureDecoder decoder(settings);
    std::vector<double> waited;
    std::vector<double> used;
    for (int i = -1; i < 25; ++i) {
        const double used_before = i < 0 ? 0 : cpu_ms_of(only_child());
        const auto begun = Clock::now();
        const auto symbols = decoder.decode(picture);
        const std::chrono::duration<double, std::milli> took = Clock::now() - begun;
        if (!symbols || symbols->size() != expected) {
            std::printf("%s: not read as it should be\n", name);
            std::exit(1);
        }
        if (i >= 0) {
            waited.push_back(took.count());
            used.push_back(cpu_ms_of(only_child()) - used_before);
        }
    }
    std::printf("%s, %zu kB, %zu times:", name, picture.size() / 1024, used.size());
    print_times("processor time", used);
    print_times("waited", waited);
    std::printf("\n");
    std::fflush(stdout);
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
    const Luminance page = nothing(Nothing::print, 1920, 1080, 3);
    measure_time("2-megapixel photograph of a page of print", drawing::to_jpeg(page), 0);
}

int measure_rates() {
    print_head("pictures");
    Sums all{};
    for (const Code& code : codes) {
        measure_single(code, trials(), all);
    }
    Sums more{};
    for (const Code& code : more_codes) {
        measure_single(code, fewer_trials(), more);
    }
    Sums several{};
    measure_several(several);
    print_row("four symbols on one picture", several);
    Sums amid{};
    measure_among_print(amid);
    Sums pairs{};
    measure_pairs(pairs);
    print_row("two of all kinds on one picture", pairs);
    print_row("all of the first four kinds", all);
    print_row("all of the other kinds", more);
    print_faults("the first four kinds", all);
    print_faults("the other kinds", more);
    print_faults("four symbols", several);
    print_faults("amid print", amid);
    print_faults("two symbols", pairs);
    return all.back().wrong + more.back().wrong + several.back().wrong + amid.back().wrong
           + pairs.back().wrong;
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
