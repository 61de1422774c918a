// The one translation unit that holds the compiled parts of Asio's TLS (see scanner/asio).
#include <boost/asio/ssl/impl/src.hpp>
