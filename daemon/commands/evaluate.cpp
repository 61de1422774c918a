#include "daemon/commands/evaluate.hpp"

#include "daemon/commands/evaluate_file.hpp"

#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

namespace cartwatch::commands {

namespace {

// Reads no more than one byte over the limit: what is longer is refused anyway.
Result<std::string> read_bounded(std::istream& stream, const std::string& name) {
    std::string text(evaluate_file_bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) {
        return refused(ErrorCode::unavailable, name + ": reading failed");
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

Result<std::string> read_input(const EvaluateArguments& arguments, std::istream& in) {
    if (arguments.file == "-") {
        return read_bounded(in, "standard input");
    }
    std::ifstream stream(arguments.file, std::ios::binary);
    if (!stream) {
        return refused(
            ErrorCode::not_found, arguments.file + ": cannot be opened; name a readable file");
    }
    return read_bounded(stream, arguments.file);
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
    const auto judgement =
        readiness::evaluate(file->cart, file->policy, file->recalls, arguments.as_of);
    out << judgement_line(judgement) << '\n';
    return arguments.strict && judgement.readiness != readiness::Readiness::ready ? 1 : 0;
}

} // namespace cartwatch::commands
