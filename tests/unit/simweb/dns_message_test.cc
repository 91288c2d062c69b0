#include "simweb/dns_message.h"

#include <gtest/gtest.h>

#include <string>

#include "simweb/dns_server.h"

namespace wswp::simweb {
namespace {

using namespace std::string_literals;

std::string query_for(std::string_view name, char type) {
  std::string query = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"s;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    query += static_cast<char>(label.size());
    query += label;
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  return query + "\x00\x00"s + type + "\x00\x01"s;
}

unsigned byte_at(const std::string& message, std::size_t at) {
  return static_cast<unsigned char>(message.at(at));
}
unsigned code_of(const std::string& reply) {
  return byte_at(reply, 3) & 15U;
}
bool is_truncated(const std::string& reply) {
  return (byte_at(reply, 2) & 2U) != 0;
}
unsigned answers_of(const std::string& reply) {
  return byte_at(reply, 7);
}

TEST(DnsMessage, DecodesAQuery) {
  const std::string query = query_for("WwW.Example.test", 28);
  const auto question = decode_query(query);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->id, 0x1234);
  EXPECT_EQ(question->name, "www.example.test");
  EXPECT_EQ(question->type, kTypeAaaa);
  EXPECT_EQ(question->klass, 1);
  EXPECT_EQ(question->section, query.substr(12));
}

TEST(DnsMessage, EveryCutQueryIsRefused) {
  const std::string query = query_for("a.example.test", 1);
  for (std::size_t length = 0; length < query.size(); ++length) EXPECT_FALSE(decode_query(query.substr(0, length)));
  std::string reply = query;
  reply[2] = '\x81';
  EXPECT_FALSE(decode_query(reply)) << "a reply is not a query";
  std::string pointer = query;
  pointer[12] = '\xc0';
  EXPECT_FALSE(decode_query(pointer)) << "no name to point at";
}

TEST(DnsMessage, EncodesAnAddress) {
  const std::string query = query_for("a.test", 1);
  DnsReply reply;
  reply.address = 0x7f010203;
  reply.ttl = 258;
  const std::string expected = "\x12\x34\x85\x80\x00\x01\x00\x01\x00\x00\x00\x00"s + query.substr(12) +
                               "\xc0\x0c\x00\x01\x00\x01\x00\x00\x01\x02\x00\x04\x7f\x01\x02\x03"s;
  EXPECT_EQ(encode_reply(*decode_query(query), reply), expected);
}

TEST(DnsMessage, ANegativeReplyCarriesASoa) {
  const std::string query = query_for("a.test", 1);
  DnsReply reply;
  reply.code = DnsCode::kNameError;
  reply.ttl = 7;
  const std::string encoded = encode_reply(*decode_query(query), reply);
  EXPECT_EQ(code_of(encoded), 3U);
  EXPECT_EQ(byte_at(encoded, 9), 1U) << "one authority record";
  EXPECT_EQ(encoded.substr(encoded.size() - 4), "\x00\x00\x00\x07"s);
}

TEST(DnsAnswer, PlaysTheKindsOfTheCatalogue) {
  const World world = *world_of_profile("clean");
  const auto ask = [&](std::string_view name, char type = 1, bool over_tcp = false) {
    return answer_dns(world, query_for(name, type), over_tcp);
  };
  EXPECT_EQ(answers_of(*ask("a.test")), 1U);
  EXPECT_EQ(answers_of(*ask("a.test", 28)), 0U);
  EXPECT_EQ(code_of(*ask("a.test", 28)), 0U);
  EXPECT_EQ(code_of(*answer_dns(*world_of_profile("web"), query_for("", 6), false)), 0U) << "the root";
  EXPECT_EQ(code_of(*ask("dns-nxdomain.simweb.test")), 3U);
  EXPECT_EQ(code_of(*ask("dns-servfail.simweb.test")), 2U);
  EXPECT_FALSE(ask("dns-silent.simweb.test"));
  EXPECT_EQ(ask("dns-wrong-id.simweb.test")->substr(0, 2), "\xed\xcb"s);
  EXPECT_TRUE(ask("dns-wrong-id.simweb.test")->ends_with("\x04\xc0\x00\x02\x42"s));
  EXPECT_EQ(answers_of(*ask("dns-wrong-name.simweb.test")), 1U);
  EXPECT_NE(ask("dns-wrong-name.simweb.test")->find("\x05other\x04test\x00\x00\x01"s), std::string::npos);
  EXPECT_TRUE(is_truncated(*ask("dns-truncated.simweb.test")));
  EXPECT_EQ(answers_of(*ask("dns-truncated.simweb.test")), 0U);
  EXPECT_FALSE(is_truncated(*ask("dns-truncated.simweb.test", 1, true)));
  EXPECT_EQ(answers_of(*ask("dns-truncated.simweb.test", 1, true)), 1U);
  EXPECT_TRUE(is_truncated(*ask("dns-truncated-closed.simweb.test")));
  EXPECT_EQ(ask("dns-truncated-closed.simweb.test", 1, true), "");
  EXPECT_EQ(ask("dns-empty.simweb.test"), "");
}

}  // namespace
}  // namespace wswp::simweb
