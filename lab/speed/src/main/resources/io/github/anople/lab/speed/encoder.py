"""The image tower in PyTorch's eager mode: a rival. Arguments: threads, then those of RivalInputs."""
import json
import struct
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError as fault:
    print("there is no PyTorch here:", fault)
    sys.exit()


def tensors(path):
    """All tensors of a safetensors file, fp32."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        whole = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
    header.pop("__metadata__", None)
    return {
        name: whole[slice(*info["data_offsets"])].view(torch.float32).view(info["shape"])
        for name, info in header.items()
    }


def norm(x, w, name):
    return F.layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"])


def linear(x, w, name):
    return F.linear(x, w[name + ".weight"], w[name + ".bias"])


def attention(x, w, name, heads):
    rows, tokens, width = x.shape
    y = F.linear(x, w[name + ".in_proj_weight"], w[name + ".in_proj_bias"])
    q, k, v = y.view(rows, tokens, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
    if hasattr(F, "scaled_dot_product_attention"):
        y = F.scaled_dot_product_attention(q, k, v)
    else:
        y = torch.softmax(q @ k.transpose(-2, -1) * (width // heads) ** -0.5, -1) @ v
    return linear(y.transpose(1, 2).reshape(rows, tokens, width), w, name + ".out_proj")


def block(x, w, name, heads):
    x = x + attention(norm(x, w, name + ".ln_1"), w, name + ".attn", heads)
    return x + linear(F.gelu(linear(norm(x, w, name + ".ln_2"), w, name + ".mlp.c_fc")), w, name + ".mlp.c_proj")


def encode(images, w, prompts, layers, heads):
    kernels = w["visual.conv1.weight"]
    count = len(images)
    x = F.conv2d(images, kernels, stride=kernels.shape[-1]).flatten(2).transpose(1, 2)
    x = torch.cat([w["visual.class_embedding"].expand(count, 1, -1), x], 1)
    x = x + w["visual.positional_embedding"]
    seen = x.shape[1]
    x = norm(torch.cat([x, prompts[0].expand(count, -1, -1)], 1), w, "visual.ln_pre")
    for layer in range(layers):
        if 0 < layer < len(prompts):
            x = torch.cat([x[:, :seen], prompts[layer].expand(count, -1, -1)], 1)
        x = block(x, w, "visual.transformer.resblocks.%d" % layer, heads)
    return norm(x[:, 0], w, "visual.ln_post") @ w["visual.proj"]


def main():
    threads, weights, inputs, layers, heads, warm_ups, counted, seconds, batches = sys.argv[1:]
    torch.set_num_threads(int(threads))
    w = tensors(weights)
    given = tensors(inputs)

    def run(images):
        return encode(images, w, given["prompts"], int(layers), int(heads))

    with torch.inference_mode():
        print("version PyTorch", torch.__version__)
        features = F.normalize(run(given["images"]), dim=-1)
        print("features", *features.flatten().tolist(), flush=True)
        if not sys.stdin.readline():
            return
        for batch in map(int, batches.split(",")):
            images = given["images"][:batch].contiguous()
            for _ in range(int(warm_ups)):
                run(images)
            taken = []
            start = time.perf_counter()
            while len(taken) < int(counted) and (len(taken) < 3 or time.perf_counter() - start < float(seconds)):
                before = time.perf_counter()
                run(images)
                taken.append(time.perf_counter() - before)
            print("samples", batch, *taken, flush=True)


main()
