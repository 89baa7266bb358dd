"""Writes plans with many duties, to measure listings over a large store: python3 scripts/many_tasks.py FOLDER [PAPERS]

25,000 plans of 20 duties each are 500,000 tasks. The same numbers give the same files. Then:

    vanthu ingest FOLDER --db tasks.db
    time vanthu tasks --db tasks.db --for "Sở Y tế Long An" --today 2026-03-01
"""

import random
import sys
from pathlib import Path

PROVINCES = ["Long An", "An Giang", "Nghệ An", "Đắk Lắk", "Lào Cai", "Quảng Trị", "Thanh Hóa", "Đồng Tháp", "Cà Mau", "Lạng Sơn"]
LEADS = [
    "Sở Y tế", "Sở Tài chính", "Sở Nội vụ", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp", "Sở Giáo dục và Đào tạo", "Công an tỉnh",
    "Sở Nông nghiệp và Môi trường", "Sở Khoa học và Công nghệ", "Các sở, ngành tỉnh", "UBND các xã, phường", "Hội Nông dân tỉnh",
]
DEEDS = ["rà soát trạm cân", "báo cáo kết quả kiểm kê kho", "công bố danh mục bến đò", "tổ chức tập huấn cứu nạn", "xây dựng bản đồ ngập"]


def deadline(choice):
    year, month, day = choice.randint(2025, 2027), choice.randint(1, 12), choice.randint(1, 28)
    return choice.choice([
        f" trước ngày {day}/{month}/{year}", f", hoàn thành trong tháng {month} năm {year}", f", chậm nhất ngày {day}/{month}/{year}",
        f" trước ngày {day} hằng tháng", "", f", hoàn thành trong quý {['I', 'II', 'III', 'IV'][month % 4]} năm {year}",
    ])


def plan(number, duties):
    choice = random.Random(number)
    province = choice.choice(PROVINCES)
    year = choice.randint(2025, 2026)
    lines = [
        "ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}", f"Số: {number}/KH-UBND", f"{province}, ngày {choice.randint(1, 28):02} tháng {choice.randint(1, 12):02} năm {year}",
        "", "KẾ HOẠCH", f"Duy tu bến đò ngang số {number}", "", "I. TỔ CHỨC THỰC HIỆN", "",
    ]
    for i in range(1, duties + 1):
        lines += [f"{i}. {choice.choice(LEADS)} {choice.choice(DEEDS)} số {choice.randint(1, 999)}{deadline(choice)}.", ""]
    return "\n".join(lines)


def main():
    folder = Path(sys.argv[1])
    papers = int(sys.argv[2]) if len(sys.argv) > 2 else 25_000
    for number in range(1, papers + 1):
        place = folder / f"{number % 100:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_text(plan(number, 20), encoding="utf-8")


if __name__ == "__main__":
    main()
