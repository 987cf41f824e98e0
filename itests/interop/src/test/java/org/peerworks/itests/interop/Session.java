package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/** What a session string says (sleap-rtc wire format §1.9). */
record Session(String room, String token, String peer) {

  static Session of(String text) throws IOException {
    JsonNode fields =
        new ObjectMapper()
            .readTree(Base64.getUrlDecoder().decode(text.substring(text.indexOf(':') + 1)));
    return new Session(
        fields.get("r").textValue(), fields.get("t").textValue(), fields.get("p").textValue());
  }
}
