"""Save a PyTorch model for training and export it for serving."""

import tempfile
from pathlib import Path

import torch
from torch import nn

torch.manual_seed(0)


# A model with dropout, so that training and inference differ.
def build() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 2))


model = build().eval()  # eval() turns dropout off; export what you will run.
x = torch.rand(5, 4)  # (5, 4)
expected = model(x).detach()  # (5, 2)

with tempfile.TemporaryDirectory() as folder:
    # To train on: only the weights; the code of the model must still be there.
    saved = Path(folder) / "model.pt"
    torch.save(model.state_dict(), saved)
    reloaded = build().eval()
    reloaded.load_state_dict(torch.load(saved, weights_only=True))
    saved_output = reloaded(x).detach()

    # To serve: the captured graph, which needs PyTorch but not your code.
    exported = Path(folder) / "model.pt2"
    batch = torch.export.Dim("batch")
    program = torch.export.export(model, (x,), dynamic_shapes=({0: batch},))
    torch.export.save(program, exported)
    serving = torch.export.load(exported).module()
    exported_output = serving(x).detach()

    # It answers for a batch of another size as well, because that dimension is named above.
    one = serving(x[:1]).detach()

# Result: the largest difference from the original.
saved_error = (saved_output - expected).abs().max()
export_error = (exported_output - expected).abs().max()
single_error = (one - expected[:1]).abs().max()
print(f"result saved_error={saved_error:.1e} export_error={export_error:.1e} single_error={single_error:.1e}")
