#include "daemon/commands/trust.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/link/certificate_call.hpp"
#include "daemon/link/messages.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"
#include "daemon/trust/authority.hpp"
#include "daemon/trust/identity.hpp"
#include "daemon/trust/join_code.hpp"
#include "scanner/values/text.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <ostream>

namespace cartwatch::commands {

namespace {

int status_of_refusal(const Error& error, std::ostream& err) {
    err << "cartwatch: " << error.text << '\n';
    switch (error.code) {
    case ErrorCode::not_allowed:
    case ErrorCode::conflict:
        return 1;
    case ErrorCode::bad_input:
    case ErrorCode::not_found:
    case ErrorCode::too_large:
        return 2;
    case ErrorCode::unavailable:
        break;
    }
    return 3;
}

Result<void> check_ward_name(const std::string& node, const config::PharmacyConfig& pharmacy) {
    if (!link::is_node_name(node)) {
        return refused(
            ErrorCode::bad_input,
            "node \"" + quotable(node) + "\" must have 1 to 64 of a-z A-Z 0-9 - _ .");
    }
    if (node == pharmacy.node) {
        return refused(
            ErrorCode::bad_input, node + " is the pharmacy's own name; every node has its own");
    }
    return {};
}

struct JoinQuestion {
    link::Address address;
    trust::JoinCode code;
    link::Names names;
    std::string key;
};

trust::Authority authority_of(const config::PharmacyConfig& pharmacy) {
    return {trust::trust_folder(pharmacy.state), pharmacy.node};
}

boost::asio::awaitable<void>
ask(link::CertificateCall& call,
    const JoinQuestion& question,
    Result<crypto::Credentials>& outcome) {
    outcome = co_await call.join(question.address, question.code, question.names, question.key);
}

// Runs a loop until the pharmacy has answered.
Result<crypto::Credentials> fetch(const JoinQuestion& question) {
    boost::asio::io_context loop{1};
    loop::SystemClock clock(loop.get_executor());
    link::CertificateCall call(loop.get_executor(), clock);
    Result<crypto::Credentials> outcome =
        refused(ErrorCode::unavailable, "the call ended without an answer");
    std::exception_ptr failure;
    loop::start_task(
        loop.get_executor(),
        "join",
        ask(call, question, outcome),
        [&](std::string_view, const std::exception_ptr& why) { failure = why; });
    loop.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return outcome;
}

} // namespace

int run_enroll(const CallerArguments& arguments, std::ostream& out, std::ostream& err) {
    if (const auto named = check_ward_name(arguments.node, arguments.pharmacy); !named) {
        return status_of_refusal(named.error(), err);
    }
    const Instant now = clock::system_now();
    const auto code = authority_of(arguments.pharmacy).enroll(arguments.node, now);
    if (!code) {
        return status_of_refusal(code.error(), err);
    }
    out << *code << '\n';
    err << "good once, for " << arguments.node << ", until " << to_text(now + trust::code_life)
        << "; on that ward: cartwatch ward join ADDRESS --code " << *code << '\n';
    const auto& listed = arguments.pharmacy.wards;
    if (!listed.empty()
        && std::find(listed.begin(), listed.end(), arguments.node) == listed.end()) {
        err << "the configuration's [link] wards do not name " << arguments.node
            << ": it is refused until they do\n";
    }
    return 0;
}

int run_revoke(const CallerArguments& arguments, std::ostream& out, std::ostream& err) {
    if (const auto named = check_ward_name(arguments.node, arguments.pharmacy); !named) {
        return status_of_refusal(named.error(), err);
    }
    const auto revoked = authority_of(arguments.pharmacy).revoke(arguments.node);
    if (!revoked) {
        return status_of_refusal(revoked.error(), err);
    }
    out << arguments.node << ": revoked; cartwatch pharmacy enroll " << arguments.node
        << " lets it join again\n";
    return 0;
}

int run_join(const JoinArguments& arguments, std::ostream& out, std::ostream& err) {
    const config::WardConfig& ward = arguments.ward;
    const auto address = link::parse_address(arguments.address);
    if (!address) {
        return status_of_refusal(address.error(), err);
    }
    const auto code = trust::parse_join_code(arguments.code);
    if (!code) {
        return status_of_refusal(code.error(), err);
    }
    const auto key = trust::joining_key(trust::trust_folder(ward.state));
    if (!key) {
        return status_of_refusal(key.error(), err);
    }
    const auto credentials = fetch({*address, *code, {ward.node, ward.pharmacy_node}, *key});
    if (!credentials) {
        return status_of_refusal(credentials.error(), err);
    }
    const auto saved = trust::save_identity(trust::trust_folder(ward.state), *credentials);
    if (!saved) {
        err << "cartwatch: " << saved.error().text
            << "; mend that, and join again with the same code\n";
        return 3;
    }
    const auto certificate = crypto::read_certificate(credentials->certificate);
    out << ward.node << ": joined " << ward.pharmacy_node;
    if (certificate) {
        out << "; the certificate is good until " << to_text(certificate->until)
            << " and renews itself";
    }
    out << '\n';
    const auto& listed = ward.pharmacy_addresses;
    if (std::find(listed.begin(), listed.end(), arguments.address) == listed.end()) {
        out << "the configuration does not name that address yet: [pharmacy] addresses = [\""
            << arguments.address << "\"]\n";
    }
    return 0;
}

} // namespace cartwatch::commands
