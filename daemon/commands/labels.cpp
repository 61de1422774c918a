#include "daemon/commands/labels.hpp"

#include "daemon/commands/store_status.hpp"
#include "daemon/node/node.hpp"

#include <fstream>
#include <ostream>
#include <stdexcept>

namespace cartwatch::commands {

namespace {

constexpr const char* labels_prefix = "cartwatch labels: ";
constexpr const char* standard_output = "-";

const char* extension_of(reports::LabelsFormat format) {
    switch (format) {
    case reports::LabelsFormat::pdf:
        return ".pdf";
    case reports::LabelsFormat::svg:
        return ".svg";
    case reports::LabelsFormat::zpl:
        break;
    }
    return ".zpl";
}

// How it is printed without being made larger or smaller.
const char* advice_for(const reports::SheetPlan& plan) {
    if (plan.format == reports::LabelsFormat::zpl) {
        return "; send it to the label printer as it is\n";
    }
    return plan.paper.is_roll() ? "; print at 100 %\n" : "; print on A4 at 100 %\n";
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

void tell_left_out(const labels::Order& order, const labels::Content& content, std::ostream& err) {
    const bool of_seals = order.kind == labels::Kind::seals;
    for (const std::string& thing : content.left_out) {
        err << labels_prefix << thing
            << (of_seals ? " has no unbroken seal on record and is left out; check it first\n"
                         : " has no tag yet and is left out; import it again\n");
    }
}

int labels_refused(const Error& error, std::ostream& err) {
    err << labels_prefix << error.text << '\n';
    return error.code == ErrorCode::unavailable ? 3 : 2;
}

int print_labels(
    const LabelsArguments& arguments,
    const labels::Order& order,
    const std::filesystem::path& file,
    std::ostream& out,
    std::ostream& err) {
    const auto content = labels::ordered_content(node::store_file(arguments.node.common), order);
    if (!content) {
        return labels_refused(content.error(), err);
    }
    tell_left_out(order, *content, err);
    const auto sheets = labels::draw(order, *content);
    if (!sheets) {
        return labels_refused(sheets.error(), err);
    }
    for (const std::string& code : sheets->without_bars) {
        err << labels_prefix << code << " is too long for bars: its label has the square alone\n";
    }
    if (file == standard_output) {
        out << sheets->bytes;
        return 0;
    }
    std::filesystem::create_directories(arguments.output);
    write_whole(file, sheets->bytes);
    out << file.string() << ": ";
    if (order.kind) {
        out << content->items.size() << " labels on ";
    }
    out << sheets->pages << " pages" << advice_for(order.plan);
    return 0;
}

} // namespace

int run_labels(const LabelsArguments& arguments, std::ostream& out, std::ostream& err) {
    const auto order = labels::parse_order(arguments.what, arguments.options);
    if (!order) {
        return labels_refused(order.error(), err);
    }
    try {
        const bool to_file = arguments.output != standard_output;
        const auto file =
            to_file ? arguments.output / (arguments.what + extension_of(order->plan.format))
                    : arguments.output;
        if (to_file && std::filesystem::exists(file) && !arguments.force) {
            err << labels_prefix << file.string() << " is there already; replace it with --force\n";
            return 2;
        }
        return print_labels(arguments, *order, file, out, err);
    } catch (const store::StoreFailure& failure) {
        err << labels_prefix;
        return status_of(failure, err);
    } catch (const std::exception& error) {
        err << labels_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
