#include "daemon/ward/pictures.hpp"

#include "scanner/codes/pack.hpp"

namespace cartwatch::ward {

std::function<void(web::Picture, web::PictureDone)>
picture_reader(scanners::PictureService& pictures, ledger::Ledger& ledger) {
    return [&pictures, &ledger](const web::Picture& picture, web::PictureDone done) {
        std::vector<std::uint8_t> bytes(picture.bytes.begin(), picture.bytes.end());
        pictures.decode(
            std::move(bytes),
            [&ledger, done = std::move(done)](const Result<std::vector<Symbol>>& symbols) {
                if (!symbols) {
                    done(tl::make_unexpected(symbols.error()));
                    return;
                }
                codes::ReadOptions options;
                options.as_of = ledger.moment().today;
                options.scanner.sends_separators = true; // a decoder loses none
                std::vector<std::string> texts;
                for (const Symbol& symbol : *symbols) {
                    texts.push_back(symbol.symbology + symbol.text);
                }
                done(codes::items_of(texts, options));
            });
    };
}

} // namespace cartwatch::ward
