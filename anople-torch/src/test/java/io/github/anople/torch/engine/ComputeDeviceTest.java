package io.github.anople.torch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {

  @Test
  void theProcessorIsAlwaysThere() {
    assertEquals(ComputeDevice.CPU, ComputeDevice.parse(" CPU "));
    assertEquals("cpu", ComputeDevice.CPU.id());
    assertEquals("cuda:2", new ComputeDevice(ComputeDevice.Kind.CUDA, 2).id());
  }

  @Test
  void automaticIsADeviceThatIsThere() {
    ComputeDevice found = ComputeDevice.parse("auto");
    assertEquals(found, ComputeDevice.parse(found.id()));
    TensorScope.run(
        () ->
            assertEquals(
                3, Tensors.floats(found.place(Tensors.of(new float[] {1, 2}, 2)).sum())[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "meta", "cuda:", "cuda:-1", "cuda:1.5", "cuda:9999", "cpu:0"})
  void anotherNameIsRefused(String name) {
    InputException fault = assertThrows(InputException.class, () -> ComputeDevice.parse(name));
    assertTrue(fault.getMessage().contains("use cpu, cuda, cuda:N or auto"), fault.getMessage());
  }

  @Test
  void aCardThatIsNotThereIsToldInOneLine() {
    InputException fault =
        assertThrows(InputException.class, () -> ComputeDevice.parse("cuda:999"));
    assertTrue(fault.getMessage().startsWith("device cuda:999"), fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  @Test
  void whatIsThereAlreadyIsNotCopied() {
    TensorScope.run(
        () -> {
          Tensor tensor = Tensors.of(new float[4], 4);
          assertEquals(
              tensor.data_ptr().address(), ComputeDevice.CPU.place(tensor).data_ptr().address());
        });
  }
}
