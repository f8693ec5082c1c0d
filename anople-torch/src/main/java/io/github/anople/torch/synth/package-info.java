/** What would a defect look like? Simulated anomalies in plain Java, drawn from seeds alone. */
package io.github.anople.torch.synth;
