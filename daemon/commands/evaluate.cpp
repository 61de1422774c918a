#include "daemon/commands/evaluate.hpp"

#include "daemon/commands/evaluate_file.hpp"
#include "daemon/commands/input_file.hpp"

#include <istream>
#include <ostream>

namespace cartwatch::commands {

namespace {

Result<std::string> read_input(const EvaluateArguments& arguments, std::istream& in) {
    if (arguments.file != "-") {
        return read_input_file(arguments.file, evaluate_file_bytes_max);
    }
    // No more than one byte over the limit: what is longer is refused anyway.
    std::string text(evaluate_file_bytes_max + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) {
        return refused(ErrorCode::unavailable, "standard input: reading failed");
    }
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

} // namespace

int run_evaluate(
    const EvaluateArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err) {
    const auto text = read_input(arguments, in);
    if (!text) {
        err << "cartwatch evaluate: " << text.error().text << '\n';
        return text.error().code == ErrorCode::unavailable ? 3 : 2;
    }
    const auto file = parse_evaluate_file(*text);
    if (!file) {
        err << "cartwatch evaluate: " << arguments.file << ": " << file.error().text << '\n';
        return 2;
    }
    const auto judgement = readiness::evaluate(
        file->cart, file->policy, file->recalls, arguments.as_of, file->substitutions);
    out << judgement_line(judgement) << '\n';
    return arguments.strict && judgement.readiness != readiness::Readiness::ready ? 1 : 0;
}

} // namespace cartwatch::commands
