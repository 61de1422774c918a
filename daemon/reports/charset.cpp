#include "daemon/reports/charset.hpp"

#include "scanner/values/ensure.hpp"
#include "scanner/values/text.hpp"

#include <cerrno>
#include <memory>

#include <iconv.h>

namespace cartwatch::reports {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Converter {
public:
    Converter() : handle_(iconv_open("UTF-8", "GB18030")) {
        // iconv's own way of saying that it failed is the pointer value -1.
        ensure(
            handle_ != reinterpret_cast<iconv_t>(-1), "the C library converts GB18030"); // NOLINT
    }

    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    Converter(Converter&&) = delete;
    Converter& operator=(Converter&&) = delete;

    ~Converter() {
        iconv_close(handle_);
    }

    Result<std::string> convert(std::string_view bytes) {
        std::string input(bytes);
        // A character of one or two bytes becomes at most three; four bytes become at most four.
        std::string output(input.size() * 3 + 4, '\0');
        char* from = input.data();
        char* to = output.data();
        std::size_t left = input.size();
        std::size_t room = output.size();
        if (iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
            return refused(
                ErrorCode::bad_input,
                "byte " + std::to_string(input.size() - left + 1)
                    + " is neither UTF-8 nor GBK; save the file as CSV UTF-8");
        }
        output.resize(output.size() - room);
        return output;
    }

private:
    iconv_t handle_;
};

} // namespace

Result<std::string> to_utf8(std::string_view bytes) {
    if (bytes.substr(0, byte_order_mark.size()) == byte_order_mark) {
        bytes.remove_prefix(byte_order_mark.size());
    }
    if (is_utf8(bytes)) {
        return std::string(bytes);
    }
    return Converter().convert(bytes);
}

} // namespace cartwatch::reports
