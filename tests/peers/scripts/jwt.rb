# In the shape of the published Ruby sample: `ruby jwt.rb QUERY` prints where the browser is sent.
require "base64"
require "cgi"
require "json"
require "openssl"
require "securerandom"

query = CGI.parse(ARGV[0])
part = ->(data) { Base64.urlsafe_encode64(data, padding: false) }
iat = Time.now.to_i
claims = {
  iat: iat,
  jti: "#{iat}/#{SecureRandom.hex(18)}",
  name: "Joe",
  email: "joe@example.com",
  external_id: "7",
}
message = "#{part.({ typ: "JWT", alg: "HS256" }.to_json)}.#{part.(claims.to_json)}"
signature = OpenSSL::HMAC.digest("SHA256", ENV.fetch("SITE_SECRET"), message)
location = "#{ENV.fetch("SITE_SENDS_TO")}/access/jwt?jwt=#{message}.#{part.(signature)}"
location += "&return_to=#{CGI.escape(query["return_to"].first)}" if query.key?("return_to")
print location
