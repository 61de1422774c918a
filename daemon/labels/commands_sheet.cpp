#include "daemon/labels/commands_sheet.hpp"

#include "daemon/readiness/decide.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <array>
#include <string>

namespace cartwatch::labels {

namespace {

using readiness::ControlCode;

// Quantities beyond these are put together from digits, or typed; codes are read up to 50.
constexpr int printed_quantity_max = 10;

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
    {ControlCode::expired_out, "取出（过期/召回）", "Take out (expired/recalled)"},
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

} // namespace

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

} // namespace cartwatch::labels
