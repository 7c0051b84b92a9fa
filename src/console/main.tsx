import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { noteTouch } from './api/attendance.ts';
import { Desk } from './desk.tsx';
import './desk.css';

const place = document.getElementById('desk');
if (place === null) throw new Error('index.html has lost its place for the desk');
for (const touch of ['pointerdown', 'keydown', 'wheel'])
  addEventListener(touch, noteTouch, { passive: true, capture: true });
createRoot(place).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
