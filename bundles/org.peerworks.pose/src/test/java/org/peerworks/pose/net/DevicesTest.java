package org.peerworks.pose.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.peerworks.pose.UserError;

class DevicesTest {

  @Test
  void aGpuIsTakenIfTheEngineHasOneElseTheCpu() throws UserError {
    assertThat(Devices.named("auto", 0)).isEqualTo(Device.cpu());
    assertThat(Devices.named("auto", 1)).isEqualTo(Device.gpu(0));
    assertThat(Devices.named("auto", 4)).isEqualTo(Device.gpu(0));
    assertThat(Devices.named("cpu", 4)).isEqualTo(Device.cpu());
    assertThat(Devices.named("cuda", 1)).isEqualTo(Device.gpu(0));
    assertThat(Devices.named("cuda:3", 4)).isEqualTo(Device.gpu(3));
  }

  @Test
  void aGpuThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> Devices.named("cuda", 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'cuda': 0 GPUs");
    assertThatThrownBy(() -> Devices.named("cuda:1", 1)).hasMessageContaining("'cuda:1': 1 GPUs");
    assertThatThrownBy(() -> Devices.named("mps", 1)).hasMessageContaining("'mps' is not known");
  }
}
