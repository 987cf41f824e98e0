package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** The key of one side, and its certificate. */
class IdentityTest {

  @Test
  void theCertificateIsSignedWithItsOwnKeyAndHasNoEnd() throws Exception {
    for (int i = 0; i < 50; i++) { // numbers of all lengths
      X509Certificate certificate = Identity.create().getCertificateChain("any")[0];
      certificate.verify(certificate.getPublicKey());
      certificate.checkValidity(Date.from(Instant.parse("1970-01-02T00:00:00Z")));
      certificate.checkValidity(Date.from(Instant.parse("9999-12-30T00:00:00Z")));
      assertThat(certificate.getVersion()).isEqualTo(3);
      assertThat(certificate.getSerialNumber()).isPositive();
      assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=peerworks");
    }
  }

  @Test
  void eachHasAnother() {
    assertThat(Identity.create().fingerprint()).isNotEqualTo(Identity.create().fingerprint());
  }

  @Test
  void aFingerprintHasOneFormOnly() {
    String text = Identity.create().fingerprint().text();
    assertThat(new Fingerprint(text).text()).isEqualTo(text);
    for (String other :
        new String[] {
          "", text.toLowerCase(), text.substring(3), text + ":00", text.replace("256", "1")
        }) {
      assertThatThrownBy(() -> new Fingerprint(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
