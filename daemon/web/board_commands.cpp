#include "daemon/web/board_commands.hpp"

#include "daemon/web/body_members.hpp"
#include "daemon/web/policy_view.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::web {

namespace {

// A reason as a person types it, bytes: readiness refuses more than 512 with a sentence.
constexpr std::size_t typed_reason_max = 4'096;

readiness::Recall recall_in(Members& in) {
    std::string product = in.text("product", name_bytes_max);
    return {std::move(product), in.optional_text("lot", name_bytes_max)};
}

readiness::Command issue_recall(Members& in) {
    readiness::IssueRecall command;
    command.recall = recall_in(in);
    command.reason = in.text("reason", typed_reason_max);
    command.badge = in.text("badge", name_bytes_max);
    return command;
}

readiness::Command withdraw_recall(Members& in) {
    readiness::WithdrawRecall command;
    command.recall = recall_in(in);
    command.reason = in.text("reason", typed_reason_max);
    command.badge = in.text("badge", name_bytes_max);
    return command;
}

readiness::Substitution substitution_in(Members& in) {
    readiness::Substitution substitution;
    substitution.product = in.text("product", name_bytes_max);
    substitution.substitute = in.text("substitute", name_bytes_max);
    substitution.cart = in.optional_text("cart", name_bytes_max);
    substitution.line = in.optional_text("line", name_bytes_max);
    return substitution;
}

readiness::Command publish_substitution(Members& in) {
    readiness::PublishSubstitution command;
    command.substitution = substitution_in(in);
    command.substitution.until = in.day("until");
    command.substitution.warning = in.text("warning", typed_reason_max);
    command.badge = in.text("badge", name_bytes_max);
    return command;
}

readiness::Command withdraw_substitution(Members& in) {
    readiness::WithdrawSubstitution command;
    command.substitution = substitution_in(in);
    command.reason = in.text("reason", typed_reason_max);
    command.badge = in.text("badge", name_bytes_max);
    return command;
}

struct BoardRow {
    std::string_view path;
    readiness::Command (*build)(Members&);
};

constexpr std::array board_rows{
    BoardRow{issue_recall_path, issue_recall},
    BoardRow{withdraw_recall_path, withdraw_recall},
    BoardRow{publish_substitution_path, publish_substitution},
    BoardRow{withdraw_substitution_path, withdraw_substitution},
    BoardRow{set_policy_path, set_policy},
};

} // namespace

Parsed<readiness::Command> parse_board_command(std::string_view path, std::string_view body) {
    const auto row = std::find_if(board_rows.begin(), board_rows.end(), [&](const BoardRow& one) {
        return one.path == path;
    });
    ensure(row != board_rows.end(), "a path of the board has its row");
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    readiness::Command command = row->build(in);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return command;
}

} // namespace cartwatch::web
