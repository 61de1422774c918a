#include "daemon/commands/labels.hpp"

#include "daemon/commands/store_status.hpp"
#include "daemon/node/node.hpp"
#include "daemon/readiness/decide.hpp"
#include "daemon/reports/labels.hpp"
#include "daemon/store/queries.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <ostream>

namespace cartwatch::commands {

namespace {

using readiness::ControlCode;

constexpr const char* labels_prefix = "cartwatch labels: ";

// Quantities beyond these are put together from digits, or typed; codes are read up to 50.
constexpr int printed_quantity_max = 10;

struct SheetKind {
    std::string_view what;
    const char* heading;
    const reports::LabelGrid* grid;
    std::optional<store::Labelled> labelled; // none: not from the store
};

constexpr std::array<SheetKind, 6> sheet_kinds = {{
    {"carts", "急救车 Carts", &reports::wide_labels, store::Labelled::carts},
    {"lines", "槽位标签 Slots", &reports::slot_labels, store::Labelled::lines},
    {"devices", "设备 Devices", &reports::wide_labels, store::Labelled::devices},
    {"staff", "工牌 Badges", &reports::wide_labels, store::Labelled::staff},
    {"commands", "操作码 Commands", &reports::wide_labels, std::nullopt},
    {"seals", "封车牌 Cart tags with their seals", &reports::wide_labels, std::nullopt},
}};

// In the words of the page (daemon/web/pages/texts).
struct ControlWords {
    ControlCode code;
    const char* zh;
    const char* en;
};

constexpr std::array<ControlWords, 19> control_words = {{
    {ControlCode::undo, "撤销", "Undo"},
    {ControlCode::missing, "缺", "Missing"},
    {ControlCode::damaged, "破损", "Damaged"},
    {ControlCode::expired_out, "过期取出", "Expired out"},
    {ControlCode::new_lot, "换批", "New lot"},
    {ControlCode::test_passed, "测试合格", "Test passed"},
    {ControlCode::test_failed, "测试不合格", "Test failed"},
    {ControlCode::close, "完成检查", "Finish the check"},
    {ControlCode::cancel, "放弃检查", "Abandon the check"},
    {ControlCode::used, "使用后检查", "After-use check"},
    {ControlCode::next_drawer, "下一层", "Next drawer"},
    {ControlCode::help, "帮助", "Help"},
    {ControlCode::handover, "交接班", "Handover"},
    {ControlCode::full_check, "全面检查", "Full check"},
    {ControlCode::restock, "补货", "Restock"},
    {ControlCode::count_left, "剩余数量", "What is left"},
    {ControlCode::seal_emergency, "封条：使用后检查", "Seal: after-use check"},
    {ControlCode::seal_mistake, "封条：误断", "Seal: broken by mistake"},
    {ControlCode::seal_record_wrong, "封条：记录错误", "Seal: record wrong"},
}};

// What becomes of digits.
constexpr std::array<ControlWords, 4> digits_words = {{
    {ControlCode::digits_enter, "确定", "Enter"},
    {ControlCode::digits_enter_before, "失效期，确定", "Not usable from, enter"},
    {ControlCode::digits_clear, "清除数字", "Clear the digits"},
    {ControlCode::digits_point, "小数点 .", "Decimal point ."},
}};

reports::Label label_of(const ControlWords& words) {
    const int number = static_cast<int>(words.code);
    return {codes::own_tag(codes::TagType::command, number), words.zh, words.en, "", ""};
}

// Any number or date is put together from these.
void add_digits(std::vector<reports::Label>& labels) {
    for (int digit = 0; digit <= 9; ++digit) {
        const std::string text = std::to_string(digit);
        const int code = static_cast<int>(ControlCode::digit_0) + digit;
        labels.push_back(
            {codes::own_tag(codes::TagType::command, code),
             "数字 " + text,
             "Digit " + text,
             "",
             ""});
    }
    for (const ControlWords& words : digits_words) {
        labels.push_back(label_of(words));
    }
}

// The first page is for numbers and dates: with the quantities from 0 to 9 the digits fill it.
std::vector<reports::Label> command_labels() {
    std::vector<reports::Label> labels;
    add_digits(labels);
    for (int quantity = 0; quantity <= printed_quantity_max; ++quantity) {
        const std::string number = std::to_string(quantity);
        labels.push_back(
            {codes::own_tag(codes::TagType::quantity, quantity),
             "数量 " + number,
             "Quantity " + number,
             "",
             ""});
    }
    for (const ControlWords& words : control_words) {
        labels.push_back(label_of(words));
    }
    return labels;
}

std::string joined_words(std::initializer_list<std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!word.empty()) {
            text += (text.empty() ? "" : " · ") + std::string(word);
        }
    }
    return text;
}

reports::Label label_of(const store::LabelReport& report) {
    reports::Label label;
    label.code = report.tag;
    label.zh = report.name.zh.empty() ? report.id : report.name.zh;
    label.en = report.name.en;
    label.detail = report.detail;
    label.place = joined_words({report.place_name.zh, report.position});
    return label;
}

// Everything of a kind; what has no tag is named instead.
std::vector<reports::Label> labels_in_store(
    const config::Common& node, store::Labelled what, std::vector<std::string>& untagged) {
    std::vector<reports::Label> labels;
    store::Reader reader(node::store_file(node));
    reader.labels(what, [&](const store::LabelReport& report) {
        if (report.tag.empty()) {
            untagged.push_back(joined_words({report.place_name.zh, report.id}));
            return;
        }
        reports::Label label = label_of(report);
        if (what == store::Labelled::carts || what == store::Labelled::staff) {
            label.detail = report.id;
        }
        labels.push_back(std::move(label));
    });
    return labels;
}

// What hangs on a closed cart: its seal, until when it is ready, who checked it. A cart without an
// unbroken seal has none.
std::vector<reports::Label>
seal_labels(const config::Common& node, std::vector<std::string>& unsealed) {
    std::vector<reports::Label> labels;
    store::Reader reader(node::store_file(node));
    reader.cart_tags([&](const store::CartTagReport& report) {
        if (!report.seal || report.tag.empty()) {
            unsealed.push_back(joined_words({report.name.zh, report.id}));
            return;
        }
        const bool ready = report.seal->ready_until.has_value();
        const std::string until = ready ? to_text(*report.seal->ready_until) : std::string();
        reports::Label label;
        label.code = report.tag;
        label.zh = "封条 " + report.seal->number + (ready ? " 可用至 " + until : " 非备用状态");
        label.en = "Seal " + report.seal->number
                   + (ready ? ", ready until " + until : ", not ready when closed");
        label.detail = "检查 Checked " + report.checked_by
                       + (report.checked_on ? " " + to_text(*report.checked_on) : "");
        label.place = joined_words({report.name.zh, report.name.en});
        labels.push_back(std::move(label));
    });
    return labels;
}

// Throws where the disk fails; the file has its name only when every byte is written.
void write_whole(const std::filesystem::path& file, const std::string& bytes) {
    const std::filesystem::path unfinished = file.string() + ".unfinished";
    std::ofstream stream(unfinished, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) {
        std::error_code gone; // what cannot be written often cannot be removed either
        std::filesystem::remove(unfinished, gone);
        throw std::runtime_error(
            unfinished.string() + " cannot be written; is the disk full or the folder another's?");
    }
    std::filesystem::rename(unfinished, file);
}

int print_sheets(
    const SheetKind& kind, const LabelsArguments& arguments, std::ostream& out, std::ostream& err) {
    std::vector<std::string> untagged;
    const bool of_seals = kind.what == "seals";
    const auto labels = of_seals ? seal_labels(arguments.node.common, untagged)
                        : kind.labelled
                            ? labels_in_store(arguments.node.common, *kind.labelled, untagged)
                            : command_labels();
    for (const std::string& thing : untagged) {
        err << labels_prefix << thing
            << (of_seals ? " has no unbroken seal on record and is left out; check it first\n"
                         : " has no tag yet and is left out; import it again\n");
    }
    if (labels.empty()) {
        err << labels_prefix << "no " << kind.what << " to label; "
            << (of_seals ? "close a check with a seal first\n" : "import them first\n");
        return 2;
    }
    const auto sheets = reports::draw_labels(*kind.grid, kind.heading, labels);
    if (!sheets) {
        err << labels_prefix << sheets.error().text << '\n';
        return sheets.error().code == ErrorCode::unavailable ? 3 : 2;
    }
    for (const std::string& code : sheets->without_bars) {
        err << labels_prefix << code << " is too long for bars: its label has the square alone\n";
    }
    std::filesystem::create_directories(arguments.output);
    const auto file = arguments.output / (std::string(kind.what) + ".pdf");
    write_whole(file, sheets->pdf);
    out << file.string() << ": " << labels.size() << " labels on " << sheets->pages
        << " pages; print on A4 at 100 %\n";
    return 0;
}

} // namespace

int run_labels(const LabelsArguments& arguments, std::ostream& out, std::ostream& err) {
    const auto kind = std::ranges::find(sheet_kinds, arguments.what, &SheetKind::what);
    if (kind == sheet_kinds.end()) {
        err << labels_prefix << "\"" << arguments.what
            << "\" has no labels; name carts, lines, devices, staff, commands or seals\n";
        return 2;
    }
    try {
        const auto file = arguments.output / (arguments.what + ".pdf");
        if (std::filesystem::exists(file) && !arguments.force) {
            err << labels_prefix << file.string() << " is there already; replace it with --force\n";
            return 2;
        }
        return print_sheets(*kind, arguments, out, err);
    } catch (const store::StoreFailure& failure) {
        err << labels_prefix;
        return status_of(failure, err);
    } catch (const std::exception& error) {
        err << labels_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
