// Photos are made smaller before they are sent: a phone on a slow network waits less. The server does the same again,
// so that the form works without this.
"use strict";
(() => {
  const input = document.getElementById("photos");
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;
  const EDGE = 1600;
  const help = document.getElementById("photos_help");
  const words = help.textContent;

  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const ratio = Math.min(1, EDGE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * ratio);
      canvas.height = Math.round(picture.height * ratio);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? new File([blob], "anh.jpg", { type: "image/jpeg" }) : file;
    } catch {
      return file; // the server says what is wrong with it
    }
  }

  input.addEventListener("change", async () => {
    const most = Number(input.dataset.most);
    const chosen = [...input.files];
    help.textContent = chosen.length > most ? input.dataset.kept : words;
    const made = new DataTransfer();
    for (const file of chosen.slice(0, most)) made.items.add(await smaller(file));
    input.files = made.files;
  });
})();
